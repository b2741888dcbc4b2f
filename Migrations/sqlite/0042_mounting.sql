-- How a label's camera is mounted and set: degrees from the direction of movement, and the zone its clock shows.
ALTER TABLE camera_labels ADD COLUMN relative_heading REAL CHECK (relative_heading BETWEEN -180 AND 180);
ALTER TABLE camera_labels ADD COLUMN clock_zone TEXT;
