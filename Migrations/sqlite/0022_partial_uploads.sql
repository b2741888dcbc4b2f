-- Files that are received in parts (tus 1.0). Their bytes are in the staging folder, as private as any others there.
CREATE TABLE partial_uploads (
    -- 160 random bits in hexadecimal: who knows it has still to be the account.
    id            TEXT PRIMARY KEY NOT NULL,
    account_id    TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    label_id      TEXT NOT NULL REFERENCES camera_labels (id) ON DELETE CASCADE,
    upload_set_id TEXT NOT NULL REFERENCES upload_sets (id) ON DELETE CASCADE,
    -- The set was made for this file alone, and goes with it when the file never arrives.
    made_set      INTEGER NOT NULL,
    -- As the sender calls it; empty once the file has arrived.
    name          TEXT NOT NULL,
    -- Bytes.
    length        INTEGER NOT NULL CHECK (length > 0),
    -- Bytes that are on disk for certain.
    received      INTEGER NOT NULL CHECK (received BETWEEN 0 AND length),
    -- Of the whole file, where the sender has said it.
    sha256        TEXT,
    -- Chosen by the sender; once the file has arrived, the picture it became or was already.
    picture_id    TEXT,
    -- Present once the file has arrived.
    is_duplicate  INTEGER,
    -- Absent once the file has arrived, or its time is over.
    staged_name   TEXT UNIQUE,
    created_at    INTEGER NOT NULL,
    expires_at    INTEGER NOT NULL
) STRICT;
CREATE INDEX partial_uploads_account ON partial_uploads (account_id, staged_name, expires_at, length);
CREATE INDEX partial_uploads_set ON partial_uploads (upload_set_id);
CREATE INDEX partial_uploads_label ON partial_uploads (label_id);
CREATE INDEX partial_uploads_expiry ON partial_uploads (expires_at);

-- Staged files to be removed at once; a receipt waits for those that it asked for.
CREATE TABLE unwanted_files (
    staged_name TEXT PRIMARY KEY NOT NULL,
    erasure_id  TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX unwanted_files_erasure ON unwanted_files (erasure_id) WHERE erasure_id IS NOT NULL;

-- A sequence that was made before its pictures, which are sent to it one by one: it stays while it has none.
ALTER TABLE sequences ADD COLUMN is_kept INTEGER NOT NULL DEFAULT 0 CHECK (is_kept IN (0, 1));
