-- Times are microseconds since 1970-01-01T00:00:00Z, identifiers lower-case UUIDs, truth values 0 and 1.
-- `audience` says who may see a row: 0 its owner, 1 accounts with a grant on the label, 2 anyone.

CREATE TABLE accounts (
    id                   TEXT PRIMARY KEY NOT NULL,
    name                 TEXT NOT NULL,
    name_key             TEXT NOT NULL UNIQUE,
    role                 TEXT NOT NULL CHECK (role IN ('viewer', 'field', 'manager', 'admin')),
    password_hash        TEXT,
    must_change_password INTEGER NOT NULL,
    is_disabled          INTEGER NOT NULL,
    created_at           INTEGER NOT NULL
) STRICT;

CREATE TABLE access_tokens (
    id          TEXT PRIMARY KEY NOT NULL,
    account_id  TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    purpose     TEXT NOT NULL CHECK (purpose IN ('session', 'api')),
    description TEXT NOT NULL,
    created_at  INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    revoked_at  INTEGER
) STRICT;
CREATE INDEX access_tokens_account ON access_tokens (account_id, purpose, created_at);

CREATE TABLE login_attempts (
    attempt_key  TEXT PRIMARY KEY NOT NULL,
    failures     INTEGER NOT NULL,
    locked_until INTEGER,
    updated_at   INTEGER NOT NULL
) STRICT;

CREATE TABLE camera_labels (
    id         TEXT PRIMARY KEY NOT NULL,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    redaction  TEXT NOT NULL,
    originals  TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE grants (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    label_id   TEXT NOT NULL REFERENCES camera_labels (id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX grants_label ON grants (label_id);

CREATE TABLE upload_sets (
    id              TEXT PRIMARY KEY NOT NULL,
    account_id      TEXT NOT NULL REFERENCES accounts (id),
    label_id        TEXT NOT NULL REFERENCES camera_labels (id),
    title           TEXT NOT NULL,
    estimated_files INTEGER,
    rules           TEXT NOT NULL,
    visibility      TEXT NOT NULL CHECK (visibility IN ('anyone', 'logged-only', 'owner-only')),
    metadata        TEXT,
    user_agent      TEXT,
    created_at      INTEGER NOT NULL,
    completed_at    INTEGER,
    dispatched_at   INTEGER,
    erased_at       INTEGER,
    -- Known files, refused ones included; kept by triggers.
    files           INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX upload_sets_account ON upload_sets (account_id, created_at DESC, id);
CREATE INDEX upload_sets_created ON upload_sets (created_at DESC, id);

CREATE TABLE sequences (
    id            TEXT PRIMARY KEY NOT NULL,
    account_id    TEXT NOT NULL REFERENCES accounts (id),
    label_id      TEXT NOT NULL REFERENCES camera_labels (id),
    upload_set_id TEXT NOT NULL REFERENCES upload_sets (id),
    -- From 1, within the upload set.
    part          INTEGER NOT NULL,
    title         TEXT NOT NULL,
    visibility    TEXT NOT NULL CHECK (visibility IN ('anyone', 'logged-only', 'owner-only')),
    sort_method   TEXT NOT NULL,
    created_at    INTEGER NOT NULL,
    updated_at    INTEGER NOT NULL,
    UNIQUE (upload_set_id, part)
) STRICT;

-- What a sequence amounts to, counting only its listed pictures of this audience or a wider one.
CREATE TABLE sequence_figures (
    sequence_id   TEXT NOT NULL REFERENCES sequences (id) ON DELETE CASCADE,
    audience      INTEGER NOT NULL CHECK (audience IN (0, 1, 2)),
    pictures      INTEGER NOT NULL CHECK (pictures > 0),
    west          REAL NOT NULL,
    south         REAL NOT NULL,
    east          REAL NOT NULL,
    north         REAL NOT NULL,
    captured_from INTEGER NOT NULL,
    captured_to   INTEGER NOT NULL,
    -- Metres along the pictures, by rank.
    length        REAL NOT NULL,
    -- Present when all pictures agree.
    type          TEXT,
    make          TEXT,
    model         TEXT,
    PRIMARY KEY (sequence_id, audience)
) STRICT, WITHOUT ROWID;
CREATE INDEX sequence_figures_time ON sequence_figures (captured_from DESC, sequence_id, audience);

CREATE TABLE pictures (
    id                  TEXT PRIMARY KEY NOT NULL,
    account_id          TEXT NOT NULL REFERENCES accounts (id),
    label_id            TEXT NOT NULL REFERENCES camera_labels (id),
    upload_set_id       TEXT NOT NULL REFERENCES upload_sets (id),
    sequence_id         TEXT REFERENCES sequences (id),
    rank                INTEGER,
    status              TEXT NOT NULL CHECK (status IN ('waiting', 'preparing', 'prepared', 'broken')),
    broken_reason       TEXT,
    -- What was said of this picture alone; absent, it follows its sequence or upload set.
    own_visibility      TEXT CHECK (own_visibility IN ('anyone', 'logged-only', 'owner-only')),
    audience            INTEGER NOT NULL CHECK (audience IN (0, 1, 2)),
    original_name       TEXT NOT NULL,
    original_size       INTEGER NOT NULL,
    original_sha256     TEXT NOT NULL,
    staged_name         TEXT,
    revision            INTEGER NOT NULL,
    created_at          INTEGER NOT NULL,
    updated_at          INTEGER NOT NULL,
    erased_at           INTEGER,
    -- Z-order code of the Web Mercator cell at zoom 31.
    morton              INTEGER,
    longitude           REAL,
    latitude            REAL,
    altitude            REAL,
    horizontal_accuracy REAL,
    captured_at         INTEGER,
    utc_offset          INTEGER,
    gps_time            INTEGER,
    camera_time         INTEGER,
    tag_heading         REAL,
    heading             REAL,
    heading_computed    INTEGER NOT NULL DEFAULT 0,
    pitch               REAL,
    roll                REAL,
    type                TEXT,
    field_of_view       REAL,
    make                TEXT,
    model               TEXT,
    serial_number       TEXT,
    focal_length        REAL,
    sensor_width        REAL,
    orientation         INTEGER,
    width               INTEGER,
    height              INTEGER,
    -- In search results, tiles and sequences for those who may see it.
    -- Not a generated column: SQLite 3.40 takes no index with one for covering. The check holds statements to it.
    listed              INTEGER NOT NULL DEFAULT 0 CHECK (listed =
        CASE WHEN status = 'prepared' AND sequence_id IS NOT NULL AND erased_at IS NULL THEN 1 ELSE 0 END),
    -- Last, since they are long and most statements do not need them.
    warnings            TEXT,
    redactions          TEXT NOT NULL DEFAULT '[]',
    derivatives         TEXT NOT NULL DEFAULT '[]',
    exif                TEXT
) STRICT;
-- Statements say `listed = 1` to get at these; it is a column of them too, since else the row itself would be read.
-- Space: tiles, grids and boxes are answered from this index alone.
CREATE INDEX pictures_place ON pictures (
    morton, audience, label_id, account_id, captured_at, id, longitude, latitude, heading, sequence_id, type, model,
    listed
) WHERE listed = 1;
-- Time: search without a box, and with a box that holds much.
CREATE INDEX pictures_time ON pictures (
    captured_at DESC, id, audience, label_id, account_id, longitude, latitude, listed
) WHERE listed = 1;
-- Lines and neighbours.
CREATE INDEX pictures_sequence ON pictures (
    sequence_id, rank, audience, morton, longitude, latitude, id, captured_at, listed
) WHERE listed = 1;
-- Lines seen from afar: one picture in sixteen.
CREATE INDEX pictures_sequence_coarse ON pictures (
    sequence_id, rank, audience, morton, longitude, latitude, listed
) WHERE listed = 1 AND rank % 16 = 1;
-- How far a batch is, and whether one of it still waits (such a picture is in no sequence).
CREATE INDEX pictures_upload_set ON pictures (
    upload_set_id, sequence_id, status, captured_at, longitude, latitude, erased_at
);
CREATE INDEX pictures_sequence_all ON pictures (sequence_id) WHERE sequence_id IS NOT NULL;
CREATE INDEX pictures_bytes ON pictures (original_sha256);
CREATE UNIQUE INDEX pictures_staged ON pictures (staged_name) WHERE staged_name IS NOT NULL;

CREATE TABLE upload_files (
    id                TEXT PRIMARY KEY NOT NULL,
    upload_set_id     TEXT NOT NULL REFERENCES upload_sets (id) ON DELETE CASCADE,
    path              TEXT NOT NULL,
    size              INTEGER NOT NULL,
    sha256            TEXT NOT NULL,
    md5               TEXT NOT NULL,
    received_at       INTEGER NOT NULL,
    picture_id        TEXT REFERENCES pictures (id) ON DELETE SET NULL,
    rejection_reason  TEXT,
    rejection_message TEXT,
    rejection_details TEXT,
    UNIQUE (upload_set_id, path, sha256)
) STRICT;
CREATE INDEX upload_files_arrival ON upload_files (upload_set_id, received_at, id);
CREATE INDEX upload_files_picture ON upload_files (picture_id) WHERE picture_id IS NOT NULL;
CREATE TRIGGER upload_files_insert AFTER INSERT ON upload_files
BEGIN
    UPDATE upload_sets SET files = files + 1 WHERE id = NEW.upload_set_id;
END;
CREATE TRIGGER upload_files_delete AFTER DELETE ON upload_files
BEGIN
    UPDATE upload_sets SET files = files - 1 WHERE id = OLD.upload_set_id;
END;

CREATE TABLE jobs (
    -- Never used twice, so that a lost lease cannot be taken for a new one.
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    step        TEXT NOT NULL CHECK (
        step IN ('conceal', 'erase', 'dispatch', 'redact', 'inspect', 'develop', 'rerun', 'detect')),
    subject     TEXT NOT NULL,
    -- The lowest is claimed first.
    priority    INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    -- When it may be claimed; while claimed, when the lease runs out.
    due_at      INTEGER NOT NULL,
    worker      TEXT,
    last_error  TEXT,
    created_at  INTEGER NOT NULL,
    UNIQUE (step, subject)
) STRICT;
CREATE INDEX jobs_claim ON jobs (priority, due_at, id);
CREATE INDEX jobs_due ON jobs (due_at);

CREATE TABLE audit (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    at       INTEGER NOT NULL,
    actor    TEXT NOT NULL,
    action   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    details  TEXT NOT NULL
) STRICT;
CREATE TRIGGER audit_keeps_rows BEFORE DELETE ON audit
BEGIN
    SELECT RAISE (ABORT, 'the audit log only grows');
END;
CREATE TRIGGER audit_keeps_values BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE (ABORT, 'the audit log only grows');
END;

-- Listed pictures in each Web Mercator cell of zoom 16, for the overview; kept by triggers.
CREATE TABLE place_counts (
    -- Z-order code at zoom 16.
    cell            INTEGER NOT NULL,
    audience        INTEGER NOT NULL,
    label_id        TEXT NOT NULL,
    account_id      TEXT NOT NULL,
    flat            INTEGER NOT NULL,
    equirectangular INTEGER NOT NULL,
    PRIMARY KEY (cell, audience, label_id, account_id)
) STRICT, WITHOUT ROWID;

-- Counts up whenever something that a map shows, or who may see it, has changed.
CREATE TABLE map_version (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL
) STRICT;
INSERT INTO map_version (id, version) VALUES (1, 1);

CREATE TRIGGER pictures_listed_insert AFTER INSERT ON pictures WHEN NEW.listed = 1
BEGIN
    INSERT INTO place_counts (cell, audience, label_id, account_id, flat, equirectangular)
    VALUES (NEW.morton >> 30, NEW.audience, NEW.label_id, NEW.account_id, NEW.type = 'flat', NEW.type <> 'flat')
    ON CONFLICT (cell, audience, label_id, account_id) DO UPDATE
    SET flat = flat + excluded.flat, equirectangular = equirectangular + excluded.equirectangular;
    UPDATE map_version SET version = version + 1;
END;
CREATE TRIGGER pictures_listed_update AFTER UPDATE ON pictures WHEN OLD.listed = 1 OR NEW.listed = 1
BEGIN
    UPDATE place_counts
    SET flat = flat - (OLD.type = 'flat'), equirectangular = equirectangular - (OLD.type <> 'flat')
    WHERE OLD.listed = 1 AND cell = OLD.morton >> 30 AND audience = OLD.audience
        AND label_id = OLD.label_id AND account_id = OLD.account_id;
    INSERT INTO place_counts (cell, audience, label_id, account_id, flat, equirectangular)
    SELECT NEW.morton >> 30, NEW.audience, NEW.label_id, NEW.account_id, NEW.type = 'flat', NEW.type <> 'flat'
    WHERE NEW.listed = 1
    ON CONFLICT (cell, audience, label_id, account_id) DO UPDATE
    SET flat = flat + excluded.flat, equirectangular = equirectangular + excluded.equirectangular;
    DELETE FROM place_counts
    WHERE OLD.listed = 1 AND cell = OLD.morton >> 30 AND audience = OLD.audience
        AND label_id = OLD.label_id AND account_id = OLD.account_id AND flat = 0 AND equirectangular = 0;
    UPDATE map_version SET version = version + 1;
END;
CREATE TRIGGER pictures_listed_delete AFTER DELETE ON pictures WHEN OLD.listed = 1
BEGIN
    UPDATE place_counts
    SET flat = flat - (OLD.type = 'flat'), equirectangular = equirectangular - (OLD.type <> 'flat')
    WHERE cell = OLD.morton >> 30 AND audience = OLD.audience
        AND label_id = OLD.label_id AND account_id = OLD.account_id;
    DELETE FROM place_counts
    WHERE cell = OLD.morton >> 30 AND audience = OLD.audience
        AND label_id = OLD.label_id AND account_id = OLD.account_id AND flat = 0 AND equirectangular = 0;
    UPDATE map_version SET version = version + 1;
END;
CREATE TRIGGER grants_insert AFTER INSERT ON grants
BEGIN
    UPDATE map_version SET version = version + 1;
END;
CREATE TRIGGER grants_delete AFTER DELETE ON grants
BEGIN
    UPDATE map_version SET version = version + 1;
END;
