-- What people have deleted and may take back for a while. A picture that waits is hidden as an erased one is: `erased_at` is
-- set, and it is in no sequence; only its bytes are still there.
CREATE TABLE removals (
    id           TEXT PRIMARY KEY NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('picture', 'sequence', 'upload-set')),
    -- Of pictures, the first.
    subject      TEXT NOT NULL,
    -- Absent: the server itself or its console, or an account that is gone.
    requested_by TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    requested_at INTEGER NOT NULL,
    -- From when on it cannot be taken back.
    due_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX removals_due ON removals (due_at);
CREATE INDEX removals_time ON removals (requested_at DESC, id);
CREATE INDEX removals_account ON removals (requested_by, requested_at DESC, id);

-- Where each picture that waits goes back to.
CREATE TABLE removal_pictures (
    picture_id  TEXT PRIMARY KEY NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    removal_id  TEXT NOT NULL REFERENCES removals (id) ON DELETE CASCADE,
    sequence_id TEXT REFERENCES sequences (id) ON DELETE SET NULL,
    rank        INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX removal_pictures_removal ON removal_pictures (removal_id);
CREATE INDEX removal_pictures_sequence ON removal_pictures (sequence_id) WHERE sequence_id IS NOT NULL;

-- Work that goes on when it is taken back.
CREATE TABLE removal_jobs (
    picture_id TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    step       TEXT NOT NULL,
    subject    TEXT NOT NULL,
    priority   INTEGER NOT NULL,
    PRIMARY KEY (picture_id, step, subject)
) STRICT, WITHOUT ROWID;

-- Its rows of `upload_files`: they are away meanwhile, so that the same file can be sent again and is a picture of its own.
-- Of those that were refused as its duplicates, which it was.
CREATE TABLE removal_files (
    id               TEXT PRIMARY KEY NOT NULL,
    upload_set_id    TEXT NOT NULL REFERENCES upload_sets (id) ON DELETE CASCADE,
    path             TEXT NOT NULL,
    size             INTEGER NOT NULL,
    sha256           TEXT NOT NULL,
    md5              TEXT NOT NULL,
    received_at      INTEGER NOT NULL,
    picture_id       TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    is_refused       INTEGER NOT NULL CHECK (is_refused IN (0, 1))
) STRICT;
CREATE INDEX removal_files_picture ON removal_files (picture_id);
CREATE INDEX removal_files_set ON removal_files (upload_set_id);

-- All of it waits to be deleted: it is in no list and leads nowhere, but keeps its name and tags.
ALTER TABLE sequences ADD COLUMN is_away INTEGER NOT NULL DEFAULT 0 CHECK (is_away IN (0, 1));
