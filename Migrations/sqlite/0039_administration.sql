-- What administrators look at and set: figures over time, what the instance is called, and pictures shown elsewhere.

-- A look at the instance every few minutes. Processor time and pictures made count up for ever, so that rows between can go.
CREATE TABLE instance_samples (
    at             INTEGER PRIMARY KEY NOT NULL,
    jobs           INTEGER NOT NULL,
    -- Files that routes owe.
    deliveries     INTEGER NOT NULL,
    pictures       INTEGER NOT NULL,
    -- Bytes that pictures and originals take in the store.
    picture_bytes  INTEGER NOT NULL,
    original_bytes INTEGER NOT NULL,
    -- Of the disk with the data folder; absent when the system does not say.
    disk_free      INTEGER,
    disk_size      INTEGER,
    -- Milliseconds of processor time in darkroom children, and pictures that they have made in it.
    darkroom_ms    INTEGER NOT NULL,
    made           INTEGER NOT NULL
) STRICT;

-- Bytes in the store by kind of file; kept by triggers, since adding up a million lists takes minutes.
CREATE TABLE stored_bytes (
    kind  TEXT PRIMARY KEY NOT NULL CHECK (kind IN ('hd', 'sd', 'thumb', 'tile', 'original', 'raw')),
    files INTEGER NOT NULL,
    bytes INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO stored_bytes (kind, files, bytes)
VALUES ('hd', 0, 0), ('sd', 0, 0), ('thumb', 0, 0), ('tile', 0, 0),
    ('original', (SELECT COUNT(*) FROM originals), (SELECT COALESCE(SUM(size), 0) FROM originals)),
    ('raw', (SELECT COUNT(*) FROM raw_originals), (SELECT COALESCE(SUM(size), 0) FROM raw_originals));
-- A derivative is `[name, width, height, size, sha256]`; tiles are called `tile_COLUMN_ROW`.
INSERT INTO stored_bytes (kind, files, bytes)
SELECT CASE WHEN json_extract(e.value, '$[0]') LIKE 'tile%' THEN 'tile' ELSE json_extract(e.value, '$[0]') END AS kind,
    COUNT(*), SUM(json_extract(e.value, '$[3]'))
FROM pictures p, json_each(p.derivatives) e WHERE p.derivatives <> '[]' GROUP BY 1
ON CONFLICT (kind) DO UPDATE SET files = excluded.files, bytes = excluded.bytes;
CREATE TRIGGER stored_bytes_pictures_update AFTER UPDATE OF derivatives ON pictures
WHEN OLD.derivatives <> NEW.derivatives
BEGIN
    UPDATE stored_bytes SET files = files + c.more, bytes = bytes + c.size
    FROM (
        SELECT kind AS changed, SUM(sign) AS more, SUM(sign * size) AS size FROM (
            SELECT 1 AS sign, json_extract(value, '$[3]') AS size,
                CASE WHEN json_extract(value, '$[0]') LIKE 'tile%' THEN 'tile' ELSE json_extract(value, '$[0]') END AS kind
            FROM json_each(NEW.derivatives)
            UNION ALL
            SELECT -1, json_extract(value, '$[3]'),
                CASE WHEN json_extract(value, '$[0]') LIKE 'tile%' THEN 'tile' ELSE json_extract(value, '$[0]') END
            FROM json_each(OLD.derivatives))
        GROUP BY kind) c
    WHERE stored_bytes.kind = c.changed;
END;
CREATE TRIGGER stored_bytes_pictures_insert AFTER INSERT ON pictures WHEN NEW.derivatives <> '[]'
BEGIN
    UPDATE stored_bytes SET files = files + c.more, bytes = bytes + c.size
    FROM (
        SELECT CASE WHEN json_extract(value, '$[0]') LIKE 'tile%' THEN 'tile' ELSE json_extract(value, '$[0]') END AS changed,
            COUNT(*) AS more, SUM(json_extract(value, '$[3]')) AS size
        FROM json_each(NEW.derivatives) GROUP BY changed) c
    WHERE stored_bytes.kind = c.changed;
END;
CREATE TRIGGER stored_bytes_pictures_delete AFTER DELETE ON pictures WHEN OLD.derivatives <> '[]'
BEGIN
    UPDATE stored_bytes SET files = files - c.more, bytes = bytes - c.size
    FROM (
        SELECT CASE WHEN json_extract(value, '$[0]') LIKE 'tile%' THEN 'tile' ELSE json_extract(value, '$[0]') END AS changed,
            COUNT(*) AS more, SUM(json_extract(value, '$[3]')) AS size
        FROM json_each(OLD.derivatives) GROUP BY changed) c
    WHERE stored_bytes.kind = c.changed;
END;
CREATE TRIGGER stored_bytes_originals_insert AFTER INSERT ON originals
BEGIN
    UPDATE stored_bytes SET files = files + 1, bytes = bytes + NEW.size WHERE kind = 'original';
END;
CREATE TRIGGER stored_bytes_originals_update AFTER UPDATE OF size ON originals
BEGIN
    UPDATE stored_bytes SET bytes = bytes + NEW.size - OLD.size WHERE kind = 'original';
END;
CREATE TRIGGER stored_bytes_originals_delete AFTER DELETE ON originals
BEGIN
    UPDATE stored_bytes SET files = files - 1, bytes = bytes - OLD.size WHERE kind = 'original';
END;
CREATE TRIGGER stored_bytes_raw_insert AFTER INSERT ON raw_originals
BEGIN
    UPDATE stored_bytes SET files = files + 1, bytes = bytes + NEW.size WHERE kind = 'raw';
END;
CREATE TRIGGER stored_bytes_raw_update AFTER UPDATE OF size ON raw_originals
BEGIN
    UPDATE stored_bytes SET bytes = bytes + NEW.size - OLD.size WHERE kind = 'raw';
END;
CREATE TRIGGER stored_bytes_raw_delete AFTER DELETE ON raw_originals
BEGIN
    UPDATE stored_bytes SET files = files - 1, bytes = bytes - OLD.size WHERE kind = 'raw';
END;

-- What came on a day, by label: counted without a look at a row. Not of what is there alone, since SQLite 3.40 takes no index
-- with such a condition for covering.
CREATE INDEX pictures_arrivals ON pictures (label_id, created_at, erased_at);

-- Pictures that were given up on, the newest first; and jobs that were tried in vain.
CREATE INDEX pictures_broken ON pictures (created_at DESC, id, status, erased_at)
WHERE status = 'broken' AND erased_at IS NULL;
CREATE INDEX jobs_failing ON jobs (id) WHERE last_error IS NOT NULL;

-- The log by who and by what.
CREATE INDEX audit_by_actor ON audit (actor, id);
CREATE INDEX audit_by_action ON audit (action, id);
CREATE INDEX audit_by_subject ON audit (subject, id);

-- What administrators say of the whole instance, as JSON.
CREATE TABLE instance_settings (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    settings   TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

-- A picture shown in pages of other sites; what is signed for it names this row.
CREATE TABLE embeds (
    id         TEXT PRIMARY KEY NOT NULL,
    picture_id TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    -- Who made it, and by whose eyes it is seen.
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- JSON list.
    origins    TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    revoked_at INTEGER
) STRICT;
CREATE INDEX embeds_by_picture ON embeds (picture_id);
CREATE INDEX embeds_by_account ON embeds (account_id, created_at DESC, id);
CREATE INDEX embeds_by_time ON embeds (created_at DESC, id);
