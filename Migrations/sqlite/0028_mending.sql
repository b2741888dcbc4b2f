-- One identifier may be erased, come again and be erased again: each time has a receipt of its own.
CREATE TABLE erasure_pictures_each (
    picture_id TEXT NOT NULL,
    erasure_id TEXT NOT NULL REFERENCES erasures (id) ON DELETE CASCADE,
    -- SHA-256 of the receipt's salt and the hash of the received bytes.
    digest     TEXT NOT NULL,
    gone_at    INTEGER,
    PRIMARY KEY (picture_id, erasure_id)
) STRICT, WITHOUT ROWID;
INSERT INTO erasure_pictures_each (picture_id, erasure_id, digest, gone_at)
SELECT picture_id, erasure_id, digest, gone_at FROM erasure_pictures;
DROP TABLE erasure_pictures;
ALTER TABLE erasure_pictures_each RENAME TO erasure_pictures;
CREATE INDEX erasure_pictures_erasure ON erasure_pictures (erasure_id, gone_at, picture_id);
-- A picture is there once, and so is being erased for one receipt at most.
CREATE UNIQUE INDEX erasure_pictures_open ON erasure_pictures (picture_id) WHERE gone_at IS NULL;

-- Near-duplicates of it are still here, since what they are duplicates of is not prepared yet.
ALTER TABLE upload_sets ADD COLUMN is_undecided INTEGER NOT NULL DEFAULT 0 CHECK (is_undecided IN (0, 1));

-- How often a transfer was tried since it last took a picture, and when it is tried again.
ALTER TABLE transfers ADD COLUMN attempts INTEGER NOT NULL DEFAULT 0;
ALTER TABLE transfers ADD COLUMN due_at INTEGER NOT NULL DEFAULT 0;
