-- Everything that lies on a camera card, as the page that sends it has found it: also what is not sent. It is what the
-- receipt of an upload set is compared with.
CREATE TABLE card_entries (
    upload_set_id TEXT NOT NULL REFERENCES upload_sets (id) ON DELETE CASCADE,
    path          TEXT NOT NULL,
    size          INTEGER NOT NULL,
    kind          TEXT NOT NULL,
    -- Lower-case hexadecimal; absent where the browser has not read the file.
    sha256        TEXT,
    PRIMARY KEY (upload_set_id, path)
) STRICT, WITHOUT ROWID;

-- What is known of a whole card: whether all of it was listed, and which losses a person has agreed to.
CREATE TABLE cards (
    upload_set_id TEXT PRIMARY KEY NOT NULL REFERENCES upload_sets (id) ON DELETE CASCADE,
    listed_at     INTEGER,
    -- SHA-256 of the list of losses that was agreed to; another list is another question.
    agreed_losses TEXT,
    agreed_at     INTEGER
) STRICT, WITHOUT ROWID;

-- Which cameras have taken the pictures of a label.
CREATE INDEX pictures_serial ON pictures (label_id, serial_number) WHERE serial_number IS NOT NULL;
