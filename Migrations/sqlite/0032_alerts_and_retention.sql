-- What is noticed, who is to be told of it, and what is kept for how long.

-- What is expected of a label. Seconds.
CREATE TABLE label_watches (
    label_id          TEXT PRIMARY KEY NOT NULL REFERENCES camera_labels (id) ON DELETE CASCADE,
    rhythm            INTEGER CHECK (rhythm > 0),
    grace             INTEGER NOT NULL CHECK (grace >= 0),
    -- Percent.
    positions_missing INTEGER CHECK (positions_missing BETWEEN 0 AND 99),
    since             INTEGER NOT NULL
) STRICT;

-- When the last file of a label came, kept or refused; by trigger.
CREATE TABLE label_arrivals (
    label_id   TEXT PRIMARY KEY NOT NULL REFERENCES camera_labels (id) ON DELETE CASCADE,
    arrived_at INTEGER NOT NULL
) STRICT;
INSERT INTO label_arrivals (label_id, arrived_at)
SELECT s.label_id, MAX(f.received_at) FROM upload_files f JOIN upload_sets s ON s.id = f.upload_set_id
GROUP BY s.label_id;
CREATE TRIGGER label_arrivals_insert AFTER INSERT ON upload_files
BEGIN
    INSERT INTO label_arrivals (label_id, arrived_at)
    SELECT label_id, NEW.received_at FROM upload_sets WHERE id = NEW.upload_set_id
    ON CONFLICT (label_id) DO UPDATE SET arrived_at = excluded.arrived_at WHERE excluded.arrived_at > arrived_at;
END;
-- What came within a day.
CREATE INDEX upload_files_received ON upload_files (received_at, upload_set_id, rejection_reason, picture_id);

CREATE TABLE alerts (
    id              TEXT PRIMARY KEY NOT NULL,
    kind            TEXT NOT NULL,
    -- Tells topics of a kind apart.
    subject         TEXT NOT NULL,
    details         TEXT NOT NULL,
    since           INTEGER NOT NULL,
    calm_since      INTEGER,
    -- Absent while the grace lasts.
    raised_at       INTEGER,
    reminded_at     INTEGER,
    reminders       INTEGER NOT NULL,
    recovered_at    INTEGER,
    acknowledged_at INTEGER,
    acknowledged_by TEXT
) STRICT;
CREATE UNIQUE INDEX alerts_open ON alerts (kind, subject) WHERE recovered_at IS NULL;
CREATE INDEX alerts_raised ON alerts (raised_at DESC, id) WHERE raised_at IS NOT NULL;

-- What is still to be told, for each way of telling; a row goes once it has arrived.
CREATE TABLE alert_notices (
    number     INTEGER PRIMARY KEY AUTOINCREMENT,
    alert_id   TEXT NOT NULL REFERENCES alerts (id) ON DELETE CASCADE,
    channel    TEXT NOT NULL,
    event      TEXT NOT NULL CHECK (event IN ('raised', 'reminded', 'recovered')),
    -- As it was then.
    details    TEXT NOT NULL,
    reminders  INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    due_at     INTEGER NOT NULL,
    last_error TEXT
) STRICT;
CREATE INDEX alert_notices_channel ON alert_notices (channel, number);
CREATE INDEX alert_notices_alert ON alert_notices (alert_id);

-- For how long, and up to which size together, files of a label are kept; absent, for ever.
CREATE TABLE retention_rules (
    label_id TEXT NOT NULL REFERENCES camera_labels (id) ON DELETE CASCADE,
    -- `picture` is all of it.
    class    TEXT NOT NULL CHECK (class IN ('original', 'raw', 'picture')),
    days     INTEGER CHECK (days > 0),
    bytes    INTEGER CHECK (bytes >= 0),
    PRIMARY KEY (label_id, class),
    CHECK (days IS NOT NULL OR bytes IS NOT NULL)
) STRICT, WITHOUT ROWID;
-- The oldest of a label. Statements say `created_at >= 0` to get at it; all others keep the plans that they have.
CREATE INDEX pictures_retention ON pictures (label_id, created_at, id) WHERE erased_at IS NULL AND created_at >= 0;
