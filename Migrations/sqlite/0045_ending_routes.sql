-- Since when a route takes back what it has sent, to be deleted when nothing is left of it.
ALTER TABLE routes ADD COLUMN ending_at INTEGER;
