-- A picture may have a raw file beside its JPEG, or be made from one alone.

-- Whether files of this label may be raw ones; what becomes of them is what `originals` says.
ALTER TABLE camera_labels ADD COLUMN raw_taken INTEGER NOT NULL DEFAULT 1 CHECK (raw_taken IN (0, 1));

-- The raw file as it was received. A picture that is made from it has its hash in `original_sha256` too.
CREATE TABLE raw_files (
    picture_id       TEXT PRIMARY KEY NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    -- As its sender calls it.
    name             TEXT NOT NULL,
    -- Bytes.
    size             INTEGER NOT NULL,
    sha256           TEXT NOT NULL,
    received_at      INTEGER NOT NULL,
    -- Its bytes wait to be sealed or kept; absent while they are those that the picture itself waits with.
    staged_name      TEXT UNIQUE,
    -- A JPEG that came after the picture was made from the raw file, and that it is now made from.
    jpeg_staged_name TEXT UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX raw_files_bytes ON raw_files (sha256);

-- What is left of raw files in the store: as `originals`, of the same picture.
CREATE TABLE raw_originals (
    picture_id TEXT PRIMARY KEY NOT NULL REFERENCES raw_files (picture_id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('sealed', 'kept')),
    key_id     TEXT REFERENCES sealing_keys (id) CHECK ((key_id IS NOT NULL) = (kind = 'sealed')),
    size       INTEGER NOT NULL,
    sha256     TEXT NOT NULL,
    stored_at  INTEGER NOT NULL,
    expires_at INTEGER
) STRICT;
CREATE INDEX raw_originals_expiry ON raw_originals (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX raw_originals_key ON raw_originals (key_id) WHERE key_id IS NOT NULL;

-- What is stored of it belongs to what is known of the picture: its item changes, and so does what is owed to others.
CREATE TRIGGER raw_originals_insert AFTER INSERT ON raw_originals
BEGIN
    UPDATE pictures SET updated_at = updated_at + 1 WHERE id = NEW.picture_id;
END;
CREATE TRIGGER raw_originals_delete AFTER DELETE ON raw_originals
BEGIN
    UPDATE pictures SET updated_at = updated_at + 1 WHERE id = OLD.picture_id;
END;
