-- Which upload set takes what lies in a folder of the inbox, for a day.
CREATE TABLE inbox_sets (
    label_id      TEXT NOT NULL REFERENCES camera_labels (id) ON DELETE CASCADE,
    account_id    TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    -- The first folder below the label's; empty for what lies in the label's itself.
    folder        TEXT NOT NULL,
    -- 2026-06-01, in UTC.
    day           TEXT NOT NULL,
    upload_set_id TEXT NOT NULL REFERENCES upload_sets (id) ON DELETE CASCADE,
    -- When a file last came; the set is completed some time after.
    taken_at      INTEGER NOT NULL,
    is_quiet      INTEGER NOT NULL DEFAULT 0 CHECK (is_quiet IN (0, 1)),
    PRIMARY KEY (label_id, account_id, folder, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX inbox_sets_set ON inbox_sets (upload_set_id);
CREATE INDEX inbox_sets_account ON inbox_sets (account_id);
CREATE INDEX inbox_sets_waiting ON inbox_sets (taken_at) WHERE is_quiet = 0;

-- What was done to the pictures of a set before they came here, in their sender's words (STAC processing:lineage).
ALTER TABLE upload_sets ADD COLUMN lineage TEXT;

-- What was sent to another Wayside by a route; a row is written before the file is sent, so that it can be taken back.
CREATE TABLE peer_copies (
    -- Its address, and the label there.
    peer          TEXT NOT NULL,
    name          TEXT NOT NULL,
    -- What goes into one upload set there.
    batch         TEXT NOT NULL,
    upload_set_id TEXT NOT NULL,
    size          INTEGER NOT NULL,
    sha256        TEXT NOT NULL,
    -- There; absent while it is not known to be one that was made by this sending.
    picture_id    TEXT,
    PRIMARY KEY (peer, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX peer_copies_batch ON peer_copies (peer, batch);
