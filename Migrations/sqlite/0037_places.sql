-- Pictures that do not say where or when they were taken may wait to be told.
ALTER TABLE upload_sets ADD COLUMN holds_unplaced INTEGER NOT NULL DEFAULT 0 CHECK (holds_unplaced IN (0, 1));

-- Received, private, waiting: of status `waiting`, without a job.
CREATE TABLE held_pictures (
    picture_id    TEXT PRIMARY KEY NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    upload_set_id TEXT NOT NULL REFERENCES upload_sets (id) ON DELETE CASCADE,
    lacks_place   INTEGER NOT NULL CHECK (lacks_place IN (0, 1)),
    lacks_time    INTEGER NOT NULL CHECK (lacks_time IN (0, 1)),
    -- What the camera's clock showed.
    camera_time   INTEGER,
    held_at       INTEGER NOT NULL,
    -- Refused then.
    held_until    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX held_pictures_set ON held_pictures (upload_set_id, picture_id);
CREATE INDEX held_pictures_until ON held_pictures (held_until);

-- What somebody said; it counts whenever the picture's tags are read, instead of what they say.
CREATE TABLE given_places (
    picture_id  TEXT PRIMARY KEY NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    longitude   REAL CHECK ((longitude IS NULL) = (latitude IS NULL)),
    latitude    REAL,
    altitude    REAL,
    heading     REAL,
    captured_at INTEGER,
    given_by    TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    given_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX given_places_by ON given_places (given_by) WHERE given_by IS NOT NULL;

-- Extracts of OpenStreetMap that pictures are linked by. One counts; one that is being loaded, or is to be removed, does not.
CREATE TABLE way_extracts (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    name       TEXT NOT NULL,
    is_current INTEGER NOT NULL DEFAULT 0 CHECK (is_current IN (0, 1)),
    loaded_at  INTEGER NOT NULL,
    ways       INTEGER NOT NULL DEFAULT 0,
    west       REAL,
    south      REAL,
    east       REAL,
    north      REAL
) STRICT;
CREATE UNIQUE INDEX way_extracts_current ON way_extracts (is_current) WHERE is_current = 1;

-- Straight pieces of ways, each in every cell that it touches, so that what is near is found by the cells around a place.
CREATE TABLE way_pieces (
    extract_id     INTEGER NOT NULL REFERENCES way_extracts (id),
    -- Z-order code of the Web Mercator cell at zoom 16.
    cell           INTEGER NOT NULL,
    -- As OpenStreetMap numbers it.
    way            INTEGER NOT NULL,
    part           INTEGER NOT NULL,
    from_longitude REAL NOT NULL,
    from_latitude  REAL NOT NULL,
    to_longitude   REAL NOT NULL,
    to_latitude    REAL NOT NULL,
    PRIMARY KEY (extract_id, cell, way, part)
) STRICT, WITHOUT ROWID;
