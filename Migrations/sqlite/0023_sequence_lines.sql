-- Sequences as lines, simplified once and kept: a map of a town would otherwise read each of its pictures.
CREATE TABLE sequence_lines (
    sequence_id TEXT NOT NULL REFERENCES sequences (id) ON DELETE CASCADE,
    -- Through its listed pictures of this audience or a wider one; only audiences that a picture of it has.
    audience    INTEGER NOT NULL CHECK (audience IN (0, 1, 2)),
    -- As Catalogue/SequenceLine writes them: what is left far out, and near by.
    overview    BLOB NOT NULL,
    line        BLOB NOT NULL,
    PRIMARY KEY (sequence_id, audience)
) STRICT;

-- A line that may not hold any more is gone in the statement that changes a picture; until it is drawn again, maps read
-- the pictures themselves. So nobody sees a place in it that is kept from them.
CREATE TRIGGER sequence_lines_insert AFTER INSERT ON pictures WHEN NEW.listed = 1
BEGIN
    DELETE FROM sequence_lines WHERE sequence_id = NEW.sequence_id;
END;
CREATE TRIGGER sequence_lines_update AFTER UPDATE OF sequence_id, rank, listed, audience, morton ON pictures
WHEN (OLD.listed = 1 OR NEW.listed = 1) AND (
    OLD.listed <> NEW.listed OR OLD.audience <> NEW.audience OR OLD.sequence_id IS NOT NEW.sequence_id
    OR OLD.rank IS NOT NEW.rank OR OLD.morton IS NOT NEW.morton)
BEGIN
    DELETE FROM sequence_lines WHERE sequence_id IN (OLD.sequence_id, NEW.sequence_id);
END;
CREATE TRIGGER sequence_lines_delete AFTER DELETE ON pictures WHEN OLD.listed = 1
BEGIN
    DELETE FROM sequence_lines WHERE sequence_id = OLD.sequence_id;
END;

-- Whether pictures of a sequence are still to come.
CREATE INDEX pictures_sequence_unlisted ON pictures (sequence_id, status) WHERE listed = 0;
-- Lines seen from afar are read from the table above.
DROP INDEX pictures_sequence_coarse;
