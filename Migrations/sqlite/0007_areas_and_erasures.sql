-- Places where nothing may be shown, or outside of which nothing may.
CREATE TABLE excluded_areas (
    id          TEXT PRIMARY KEY NOT NULL,
    -- Whose pictures it is for; absent, everybody's.
    account_id  TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    label       TEXT NOT NULL,
    kind        TEXT NOT NULL CHECK (kind IN ('excluded', 'allowed')),
    is_public   INTEGER NOT NULL,
    west        REAL NOT NULL,
    south       REAL NOT NULL,
    east        REAL NOT NULL,
    north       REAL NOT NULL,
    -- GeoJSON, as of a MultiPolygon.
    coordinates TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    CHECK (account_id IS NULL OR (kind = 'excluded' AND is_public = 0))
) STRICT;
CREATE INDEX excluded_areas_account ON excluded_areas (account_id, created_at, id);

-- Pictures that the areas hide; kept true in the transaction that changes an area.
CREATE TABLE pictures_in_areas (
    picture_id TEXT PRIMARY KEY NOT NULL REFERENCES pictures (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
-- A new area hides pictures that are not listed yet, too; those are few.
CREATE INDEX pictures_place_unlisted ON pictures (morton, account_id) WHERE listed = 0 AND morton IS NOT NULL;

-- Receipts for what was erased. Nothing here refers to another table: they outlive what they are about.
CREATE TABLE erasures (
    id           TEXT PRIMARY KEY NOT NULL,
    kind         TEXT NOT NULL CHECK (kind IN ('picture', 'sequence', 'upload-set', 'account')),
    subject      TEXT NOT NULL,
    -- An account; absent, the server itself or its console.
    requested_by TEXT,
    requested_at INTEGER NOT NULL,
    finished_at  INTEGER,
    pictures     INTEGER NOT NULL,
    handed_over  INTEGER NOT NULL,
    salt         TEXT NOT NULL
) STRICT;
CREATE INDEX erasures_time ON erasures (requested_at DESC, id);
CREATE TABLE erasure_pictures (
    picture_id TEXT PRIMARY KEY NOT NULL,
    erasure_id TEXT NOT NULL REFERENCES erasures (id) ON DELETE CASCADE,
    -- SHA-256 of the receipt's salt and the hash of the received bytes.
    digest     TEXT NOT NULL,
    gone_at    INTEGER
) STRICT, WITHOUT ROWID;
CREATE INDEX erasure_pictures_erasure ON erasure_pictures (erasure_id, gone_at, picture_id);

-- A deleted account is nobody from then on; its row goes with the last of its upload sets.
ALTER TABLE accounts ADD COLUMN erased_at INTEGER;
CREATE INDEX pictures_account ON pictures (account_id);
CREATE INDEX sequences_account ON sequences (account_id);
