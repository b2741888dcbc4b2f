-- Routes, and what they owe.

CREATE TABLE routes (
    id          TEXT PRIMARY KEY NOT NULL,
    name        TEXT NOT NULL,
    name_key    TEXT NOT NULL UNIQUE,
    -- JSON list of words.
    contents    TEXT NOT NULL,
    pattern     TEXT NOT NULL,
    -- JSON; absent: at once.
    time_window TEXT,
    -- Bytes a second.
    rate        INTEGER,
    when_hidden TEXT NOT NULL CHECK (when_hidden IN ('withdraw', 'keep')),
    -- Pictures that arrived before are not sent.
    since       INTEGER,
    is_enabled  INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
    created_at  INTEGER NOT NULL
) STRICT;

CREATE TABLE route_labels (
    label_id TEXT NOT NULL REFERENCES camera_labels (id),
    route_id TEXT NOT NULL REFERENCES routes (id) ON DELETE CASCADE,
    PRIMARY KEY (label_id, route_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX route_labels_route ON route_labels (route_id);

CREATE TABLE route_destinations (
    route_id      TEXT NOT NULL REFERENCES routes (id) ON DELETE CASCADE,
    -- From 1; it stays when others go.
    number        INTEGER NOT NULL,
    -- JSON, without secrets.
    configuration TEXT NOT NULL,
    -- JSON object of texts, never read out.
    secrets       TEXT NOT NULL,
    -- When it was first made ready to take files; absent: it still has to be.
    prepared_at   INTEGER,
    -- Since when nothing can be delivered there; absent while it works.
    down_since    INTEGER,
    failures      INTEGER NOT NULL DEFAULT 0,
    retry_at      INTEGER NOT NULL DEFAULT 0,
    last_error    TEXT,
    -- When something was last delivered, or found to be in line.
    worked_at     INTEGER,
    PRIMARY KEY (route_id, number)
) STRICT, WITHOUT ROWID;

-- A row says: the copy of this picture at this destination must be brought in line with what the catalogue says now. No
-- foreign key to pictures: what is gone here is still owed there.
CREATE TABLE outbox (
    route_id    TEXT NOT NULL,
    destination INTEGER NOT NULL,
    picture_id  TEXT NOT NULL,
    -- Of the picture, when it was queued: what waits is taken from all labels in turn.
    label_id    TEXT NOT NULL,
    -- Counts up with each change, so that one during a delivery is not lost.
    version     INTEGER NOT NULL DEFAULT 1,
    -- Something may have to be taken back: no window counts.
    is_urgent   INTEGER NOT NULL CHECK (is_urgent IN (0, 1)),
    queued_at   INTEGER NOT NULL,
    due_at      INTEGER NOT NULL DEFAULT 0,
    attempts    INTEGER NOT NULL DEFAULT 0,
    -- While somebody works on it; due_at is then when that ends at the latest.
    worker      TEXT,
    last_error  TEXT,
    -- A dead letter: tried often enough, until the picture changes or somebody asks for it.
    parked_at   INTEGER,
    PRIMARY KEY (route_id, destination, picture_id),
    FOREIGN KEY (route_id, destination) REFERENCES route_destinations (route_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX outbox_claim ON outbox (route_id, destination, label_id, due_at, picture_id) WHERE parked_at IS NULL;
CREATE INDEX outbox_due ON outbox (route_id, destination, is_urgent, due_at) WHERE parked_at IS NULL;
CREATE INDEX outbox_age ON outbox (queued_at);
CREATE INDEX outbox_parked ON outbox (route_id, parked_at, picture_id) WHERE parked_at IS NOT NULL;

-- What lies at destinations, or may: a row is written before the file is sent, so that it can always be taken back.
CREATE TABLE deliveries (
    route_id     TEXT NOT NULL,
    destination  INTEGER NOT NULL,
    picture_id   TEXT NOT NULL,
    kind         TEXT NOT NULL,
    name         TEXT NOT NULL,
    -- Bytes, and lower-case hexadecimal.
    size         INTEGER NOT NULL,
    sha256       TEXT NOT NULL,
    -- Of the picture.
    revision     INTEGER NOT NULL,
    -- Absent: being sent, or half sent.
    delivered_at INTEGER,
    PRIMARY KEY (route_id, destination, picture_id, name),
    FOREIGN KEY (route_id, destination) REFERENCES route_destinations (route_id, number) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX deliveries_name ON deliveries (route_id, destination, name);
CREATE INDEX deliveries_picture ON deliveries (picture_id);

-- What is owed is queued in the transaction that changes the picture, whoever changes it: to all routes of its label, and
-- to those that have something of it.
CREATE TRIGGER outbox_pictures_update AFTER UPDATE ON pictures
WHEN (OLD.status = 'prepared' OR NEW.status = 'prepared' OR NEW.erased_at IS NOT NULL) AND (
    OLD.status <> NEW.status OR OLD.revision <> NEW.revision OR OLD.audience <> NEW.audience
    OR OLD.label_id <> NEW.label_id OR OLD.erased_at IS NOT NEW.erased_at OR OLD.updated_at <> NEW.updated_at
    OR OLD.derivatives <> NEW.derivatives OR OLD.sequence_id IS NOT NEW.sequence_id
    OR OLD.heading IS NOT NEW.heading OR OLD.longitude IS NOT NEW.longitude OR OLD.latitude IS NOT NEW.latitude
    OR OLD.captured_at IS NOT NEW.captured_at OR OLD.utc_offset IS NOT NEW.utc_offset)
BEGIN
    INSERT INTO outbox (route_id, destination, picture_id, label_id, is_urgent, queued_at)
    SELECT d.route_id, d.number, NEW.id, NEW.label_id,
        NEW.status <> 'prepared' OR NEW.audience < OLD.audience OR NEW.erased_at IS NOT NULL
            OR NEW.label_id <> OLD.label_id,
        CAST(strftime('%s', 'now') AS INTEGER) * 1000000
    FROM route_labels l JOIN route_destinations d ON d.route_id = l.route_id WHERE l.label_id = NEW.label_id
    UNION
    SELECT s.route_id, s.destination, NEW.id, NEW.label_id,
        NEW.status <> 'prepared' OR NEW.audience < OLD.audience OR NEW.erased_at IS NOT NULL
            OR NEW.label_id <> OLD.label_id,
        CAST(strftime('%s', 'now') AS INTEGER) * 1000000
    FROM deliveries s WHERE s.picture_id = NEW.id
    ON CONFLICT (route_id, destination, picture_id) DO UPDATE SET
        version = version + 1, is_urgent = MAX(is_urgent, excluded.is_urgent), label_id = excluded.label_id,
        due_at = CASE WHEN worker IS NULL THEN 0 ELSE due_at END, attempts = 0, last_error = NULL, parked_at = NULL;
END;
CREATE TRIGGER outbox_pictures_delete AFTER DELETE ON pictures
BEGIN
    INSERT INTO outbox (route_id, destination, picture_id, label_id, is_urgent, queued_at)
    SELECT DISTINCT s.route_id, s.destination, OLD.id, OLD.label_id, 1,
        CAST(strftime('%s', 'now') AS INTEGER) * 1000000
    FROM deliveries s WHERE s.picture_id = OLD.id
    ON CONFLICT (route_id, destination, picture_id) DO UPDATE SET
        version = version + 1, is_urgent = 1,
        due_at = CASE WHEN worker IS NULL THEN 0 ELSE due_at END, attempts = 0, last_error = NULL, parked_at = NULL;
END;

-- Originals that come later, or go before their picture.
CREATE TRIGGER outbox_originals_insert AFTER INSERT ON originals
BEGIN
    INSERT INTO outbox (route_id, destination, picture_id, label_id, is_urgent, queued_at)
    SELECT d.route_id, d.number, p.id, p.label_id, 0, CAST(strftime('%s', 'now') AS INTEGER) * 1000000
    FROM pictures p JOIN route_labels l ON l.label_id = p.label_id JOIN route_destinations d ON d.route_id = l.route_id
    WHERE p.id = NEW.picture_id AND p.status = 'prepared'
    ON CONFLICT (route_id, destination, picture_id) DO UPDATE SET
        version = version + 1,
        due_at = CASE WHEN worker IS NULL THEN 0 ELSE due_at END, attempts = 0, last_error = NULL, parked_at = NULL;
END;
CREATE TRIGGER outbox_originals_delete AFTER DELETE ON originals
BEGIN
    INSERT INTO outbox (route_id, destination, picture_id, label_id, is_urgent, queued_at)
    SELECT DISTINCT s.route_id, s.destination, p.id, p.label_id, 1, CAST(strftime('%s', 'now') AS INTEGER) * 1000000
    FROM pictures p JOIN deliveries s ON s.picture_id = p.id WHERE p.id = OLD.picture_id
    ON CONFLICT (route_id, destination, picture_id) DO UPDATE SET
        version = version + 1, is_urgent = 1,
        due_at = CASE WHEN worker IS NULL THEN 0 ELSE due_at END, attempts = 0, last_error = NULL, parked_at = NULL;
END;

-- A label that discards originals from now on takes those back that routes have brought away.
CREATE TRIGGER outbox_labels_update AFTER UPDATE OF originals ON camera_labels
WHEN OLD.originals <> NEW.originals AND NEW.originals = 'discard'
BEGIN
    INSERT INTO outbox (route_id, destination, picture_id, label_id, is_urgent, queued_at)
    SELECT DISTINCT s.route_id, s.destination, p.id, p.label_id, 1, CAST(strftime('%s', 'now') AS INTEGER) * 1000000
    FROM route_labels l JOIN deliveries s ON s.route_id = l.route_id JOIN pictures p ON p.id = s.picture_id
    WHERE l.label_id = NEW.id AND p.label_id = NEW.id AND s.kind IN ('original', 'raw')
    ON CONFLICT (route_id, destination, picture_id) DO UPDATE SET
        version = version + 1, is_urgent = 1,
        due_at = CASE WHEN worker IS NULL THEN 0 ELSE due_at END, attempts = 0, last_error = NULL, parked_at = NULL;
END;
