-- What becomes of originals: keys that they are sealed to (public halves only), and which ones are in the store.

CREATE TABLE sealing_keys (
    -- From the public key itself.
    id         TEXT PRIMARY KEY NOT NULL,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    public_key TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Beside `originals`, the policy.
ALTER TABLE camera_labels ADD COLUMN sealing_key_id TEXT REFERENCES sealing_keys (id);
ALTER TABLE camera_labels ADD COLUMN originals_days INTEGER;

CREATE TABLE originals (
    picture_id TEXT PRIMARY KEY NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL CHECK (kind IN ('sealed', 'kept')),
    key_id     TEXT REFERENCES sealing_keys (id) CHECK ((key_id IS NOT NULL) = (kind = 'sealed')),
    -- Bytes in the store, and their hash.
    size       INTEGER NOT NULL,
    sha256     TEXT NOT NULL,
    stored_at  INTEGER NOT NULL,
    -- From when on it is gone; absent, it stays as long as its picture.
    expires_at INTEGER
) STRICT;
CREATE INDEX originals_expiry ON originals (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX originals_key ON originals (key_id) WHERE key_id IS NOT NULL;
