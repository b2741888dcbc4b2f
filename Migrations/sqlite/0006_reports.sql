-- A complaint about a picture or a sequence. While it waits, what it is about is hidden (Catalogue/AudienceRule).
CREATE TABLE reports (
    id                TEXT PRIMARY KEY NOT NULL,
    issue             TEXT NOT NULL CHECK (issue IN ('blur_missing', 'blur_excess', 'inappropriate', 'privacy',
        'picture_low_quality', 'mislocated', 'copyright', 'other')),
    status            TEXT NOT NULL CHECK (status IN ('waiting', 'closed_solved', 'closed_ignored')),
    -- One of both; neither when the sequence was cut anew since.
    picture_id        TEXT REFERENCES pictures (id) ON DELETE CASCADE,
    sequence_id       TEXT REFERENCES sequences (id) ON DELETE SET NULL,
    -- Of the pictures: owner, label and batch.
    account_id        TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    label_id          TEXT NOT NULL REFERENCES camera_labels (id),
    upload_set_id     TEXT NOT NULL REFERENCES upload_sets (id) ON DELETE CASCADE,
    -- Absent for a guest.
    reporter_id       TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    reporter_email    TEXT,
    reporter_comments TEXT,
    resolver_id       TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    resolver_comments TEXT,
    created_at        INTEGER NOT NULL,
    closed_at         INTEGER
) STRICT;
CREATE INDEX reports_created ON reports (created_at DESC, id);
CREATE INDEX reports_open ON reports (account_id, label_id, upload_set_id) WHERE status = 'waiting';
CREATE INDEX reports_owner ON reports (account_id, created_at DESC, id);
CREATE INDEX reports_reporter ON reports (reporter_id) WHERE reporter_id IS NOT NULL;
CREATE INDEX reports_picture ON reports (picture_id) WHERE picture_id IS NOT NULL;
CREATE INDEX reports_sequence ON reports (sequence_id) WHERE sequence_id IS NOT NULL;
CREATE INDEX reports_upload_set ON reports (upload_set_id);

-- Which pictures a report is about, with what was hidden in each when it came.
CREATE TABLE report_pictures (
    picture_id TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    report_id  TEXT NOT NULL REFERENCES reports (id) ON DELETE CASCADE,
    redactions TEXT NOT NULL,
    PRIMARY KEY (picture_id, report_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX report_pictures_report ON report_pictures (report_id);
-- A report about nothing that is left goes with the last of it.
CREATE TRIGGER report_pictures_delete AFTER DELETE ON report_pictures
BEGIN
    DELETE FROM reports WHERE id = OLD.report_id
        AND NOT EXISTS (SELECT 1 FROM report_pictures WHERE report_id = OLD.report_id);
END;

-- When each account (or address block of guests) made reports, for an hour.
CREATE TABLE report_quota (
    reporter TEXT NOT NULL,
    at       INTEGER NOT NULL
) STRICT;
CREATE INDEX report_quota_reporter ON report_quota (reporter, at);
CREATE INDEX report_quota_at ON report_quota (at);
