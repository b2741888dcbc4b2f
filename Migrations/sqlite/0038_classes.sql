-- What people tell pictures apart by: classes of whole pictures or of boxes on them. What somebody says is stored as tags
-- of the picture or of its region, in their own tables.
CREATE TABLE class_schemes (
    id         TEXT PRIMARY KEY NOT NULL,
    name       TEXT NOT NULL,
    name_key   TEXT NOT NULL UNIQUE,
    -- Under which the tags are.
    tag_key    TEXT NOT NULL,
    subject    TEXT NOT NULL CHECK (subject IN ('picture', 'box')),
    -- A list of objects, in order.
    classes    TEXT NOT NULL,
    -- 0: only for the camera labels in class_scheme_labels.
    for_all    INTEGER NOT NULL CHECK (for_all IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE class_scheme_labels (
    scheme_id TEXT NOT NULL REFERENCES class_schemes (id) ON DELETE CASCADE,
    label_id  TEXT NOT NULL REFERENCES camera_labels (id) ON DELETE CASCADE,
    PRIMARY KEY (scheme_id, label_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX class_scheme_labels_label ON class_scheme_labels (label_id, scheme_id);
