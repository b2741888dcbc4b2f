-- What was one word becomes a policy (JSON); what it does not say is as in a new one.
UPDATE camera_labels SET redaction = '{"preset":"' || redaction || '"}';
