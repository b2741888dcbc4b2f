-- What people have said about what is hidden in a picture; kept, and replayed after the models.
CREATE TABLE corrections (
    id               TEXT PRIMARY KEY NOT NULL,
    picture_id       TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    -- Exactly one of these: an outline to hide, or a finding of a model that hides nothing.
    region           TEXT,
    wrong            TEXT,
    account_id       TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    created_at       INTEGER NOT NULL,
    -- The picture's revision since which it shows; absent while that is owed.
    applied_revision INTEGER,
    CHECK ((region IS NULL) <> (wrong IS NULL))
) STRICT;
CREATE INDEX corrections_picture ON corrections (picture_id, created_at, id);
CREATE INDEX corrections_account ON corrections (account_id) WHERE account_id IS NOT NULL;

-- Pictures whose redaction is owed once more.
CREATE TABLE redaction_runs (
    picture_id     TEXT PRIMARY KEY NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    -- Absent: as the camera label says.
    preset         TEXT,
    needs_original INTEGER NOT NULL,
    requested_at   INTEGER NOT NULL
) STRICT;
