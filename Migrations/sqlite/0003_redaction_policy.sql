-- What was one word becomes a policy (JSON); what it does not say is as in a new one.
UPDATE camera_labels SET redaction = '{"preset":"' || redaction || '"}';
-- The newest pictures of a label, to draw its masks on.
CREATE INDEX pictures_label ON pictures (label_id, captured_at DESC, id) WHERE listed = 1;
