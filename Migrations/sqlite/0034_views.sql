-- A label whose newest picture everybody may see, at an address that never changes.
CREATE TABLE label_hotlinks (
    label_id      TEXT PRIMARY KEY REFERENCES camera_labels (id) ON DELETE CASCADE,
    is_enabled    INTEGER NOT NULL CHECK (is_enabled IN (0, 1)),
    -- Seconds: an older picture is not shown; NULL: however old it is.
    newest_within INTEGER CHECK (newest_within > 0),
    updated_at    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
-- The terms of `Sight.publishes`: found at once, however many pictures of the label are for fewer people.
CREATE INDEX hotlink_pictures ON pictures (label_id, captured_at DESC, id) WHERE listed = 1 AND audience > 0;

-- What is done to the pictures of a label before they are shown; none: nothing.
CREATE TABLE label_processing (
    label_id   TEXT PRIMARY KEY REFERENCES camera_labels (id) ON DELETE CASCADE,
    -- JSON: crop, rotation, size, legend, logo.
    rule       TEXT NOT NULL,
    -- The picture of the logo, as PNG.
    logo       BLOB,
    updated_at INTEGER NOT NULL
) STRICT;

-- Which part of what the camera wrote a picture shows; none: all of it, upright. What people have drawn on the picture is
-- in this frame, so it stays when the label's rule changes.
CREATE TABLE picture_frames (
    picture_id TEXT PRIMARY KEY REFERENCES pictures (id) ON DELETE CASCADE,
    -- JSON.
    frame      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
