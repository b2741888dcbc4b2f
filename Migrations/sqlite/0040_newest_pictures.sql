-- Routes that send the newest picture of each label alone, under a name that never changes.

ALTER TABLE routes ADD COLUMN newest_only INTEGER NOT NULL DEFAULT 0 CHECK (newest_only IN (0, 1));

-- Another picture of a label may be its newest now: that one is owed, whichever changed; and those that lie there are
-- looked at again. What is the newest is said by the index `hotlink_pictures`.
CREATE TRIGGER outbox_newest_update AFTER UPDATE ON pictures
WHEN (OLD.listed <> NEW.listed OR OLD.audience <> NEW.audience OR OLD.label_id <> NEW.label_id
    OR OLD.captured_at IS NOT NEW.captured_at) AND EXISTS (SELECT 1 FROM routes WHERE newest_only = 1)
BEGIN
    INSERT INTO outbox (route_id, destination, picture_id, label_id, is_urgent, queued_at)
    SELECT d.route_id, d.number, p.id, p.label_id, 0, CAST(strftime('%s', 'now') AS INTEGER) * 1000000
    FROM routes r JOIN route_labels l ON l.route_id = r.id JOIN route_destinations d ON d.route_id = r.id
        JOIN pictures p ON p.id = (
            SELECT q.id FROM pictures q WHERE q.label_id = l.label_id AND q.listed = 1 AND q.audience > 0
                AND q.captured_at <= (CAST(strftime('%s', 'now') AS INTEGER) + 86400) * 1000000
            ORDER BY q.captured_at DESC, q.id LIMIT 1)
    WHERE r.newest_only = 1 AND l.label_id IN (OLD.label_id, NEW.label_id)
    UNION
    SELECT s.route_id, s.destination, p.id, p.label_id, 0, CAST(strftime('%s', 'now') AS INTEGER) * 1000000
    FROM routes r JOIN deliveries s ON s.route_id = r.id JOIN pictures p ON p.id = s.picture_id
    WHERE r.newest_only = 1 AND p.label_id IN (OLD.label_id, NEW.label_id)
    ON CONFLICT (route_id, destination, picture_id) DO UPDATE SET
        version = version + 1, due_at = CASE WHEN worker IS NULL THEN 0 ELSE due_at END,
        attempts = 0, last_error = NULL, parked_at = NULL;
END;
CREATE TRIGGER outbox_newest_delete AFTER DELETE ON pictures
WHEN OLD.listed = 1 AND EXISTS (SELECT 1 FROM routes WHERE newest_only = 1)
BEGIN
    INSERT INTO outbox (route_id, destination, picture_id, label_id, is_urgent, queued_at)
    SELECT d.route_id, d.number, p.id, p.label_id, 0, CAST(strftime('%s', 'now') AS INTEGER) * 1000000
    FROM routes r JOIN route_labels l ON l.route_id = r.id JOIN route_destinations d ON d.route_id = r.id
        JOIN pictures p ON p.id = (
            SELECT q.id FROM pictures q WHERE q.label_id = l.label_id AND q.listed = 1 AND q.audience > 0
                AND q.captured_at <= (CAST(strftime('%s', 'now') AS INTEGER) + 86400) * 1000000
            ORDER BY q.captured_at DESC, q.id LIMIT 1)
    WHERE r.newest_only = 1 AND l.label_id = OLD.label_id
    ON CONFLICT (route_id, destination, picture_id) DO UPDATE SET
        version = version + 1, due_at = CASE WHEN worker IS NULL THEN 0 ELSE due_at END,
        attempts = 0, last_error = NULL, parked_at = NULL;
END;
