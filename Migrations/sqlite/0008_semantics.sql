-- Meanings: tags on upload sets, sequences, pictures and regions of pictures; what models found; who changed which tag.

CREATE TABLE upload_set_tags (
    upload_set_id TEXT NOT NULL REFERENCES upload_sets (id) ON DELETE CASCADE,
    key           TEXT NOT NULL,
    value         TEXT NOT NULL,
    PRIMARY KEY (upload_set_id, key, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX upload_set_tags_pair ON upload_set_tags (key, value, upload_set_id);

CREATE TABLE sequence_tags (
    sequence_id TEXT NOT NULL REFERENCES sequences (id) ON DELETE CASCADE,
    key         TEXT NOT NULL,
    value       TEXT NOT NULL,
    PRIMARY KEY (sequence_id, key, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX sequence_tags_pair ON sequence_tags (key, value, sequence_id);

CREATE TABLE picture_tags (
    picture_id TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    key        TEXT NOT NULL,
    value      TEXT NOT NULL,
    PRIMARY KEY (picture_id, key, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX picture_tags_pair ON picture_tags (key, value, picture_id);

-- A region of a picture. It lives as long as it has a tag or a detection.
CREATE TABLE annotations (
    id         TEXT PRIMARY KEY NOT NULL,
    picture_id TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    -- [[x, y], …] in pixels of the picture as displayed, written in one way only, so that equal shapes are equal texts.
    shape      TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (picture_id, shape)
) STRICT;

CREATE TABLE annotation_tags (
    annotation_id TEXT NOT NULL REFERENCES annotations (id) ON DELETE CASCADE,
    key           TEXT NOT NULL,
    value         TEXT NOT NULL,
    PRIMARY KEY (annotation_id, key, value)
) STRICT, WITHOUT ROWID;
CREATE INDEX annotation_tags_pair ON annotation_tags (key, value, annotation_id);

-- What a model found in a region; shown as tags of the annotation without being stored as such.
CREATE TABLE detections (
    annotation_id TEXT NOT NULL REFERENCES annotations (id) ON DELETE CASCADE,
    picture_id    TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    model         TEXT NOT NULL,
    class         TEXT NOT NULL,
    score         REAL NOT NULL,
    PRIMARY KEY (annotation_id, model, class)
) STRICT, WITHOUT ROWID;
CREATE INDEX detections_picture ON detections (picture_id, model);
CREATE INDEX detections_class ON detections (class, model, picture_id);

-- Pictures that a model could not be run on in the end, until it can be.
CREATE TABLE detection_failures (
    picture_id TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    model      TEXT NOT NULL,
    reason     TEXT NOT NULL,
    failed_at  INTEGER NOT NULL,
    PRIMARY KEY (picture_id, model)
) STRICT, WITHOUT ROWID;
CREATE INDEX detection_failures_model ON detection_failures (model, picture_id);

-- Who changed which tags; rows are only added, and go with what they are about.
CREATE TABLE tag_history (
    id            INTEGER PRIMARY KEY AUTOINCREMENT,
    upload_set_id TEXT REFERENCES upload_sets (id) ON DELETE CASCADE,
    sequence_id   TEXT REFERENCES sequences (id) ON DELETE CASCADE,
    picture_id    TEXT REFERENCES pictures (id) ON DELETE CASCADE,
    -- With its picture; no reference, since what became of an annotation outlives it.
    annotation_id TEXT,
    -- Absent for the server itself, and once the account is gone.
    account_id    TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    made_at       INTEGER NOT NULL,
    changes       TEXT NOT NULL
) STRICT;
CREATE INDEX tag_history_upload_set ON tag_history (upload_set_id, id) WHERE upload_set_id IS NOT NULL;
CREATE INDEX tag_history_sequence ON tag_history (sequence_id, id) WHERE sequence_id IS NOT NULL;
CREATE INDEX tag_history_picture ON tag_history (picture_id, id) WHERE picture_id IS NOT NULL;
CREATE INDEX tag_history_annotation ON tag_history (annotation_id, id) WHERE annotation_id IS NOT NULL;
CREATE INDEX tag_history_account ON tag_history (account_id) WHERE account_id IS NOT NULL;
