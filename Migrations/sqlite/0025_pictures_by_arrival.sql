-- How much came in within a day or a month.
CREATE INDEX pictures_created ON pictures (created_at) WHERE erased_at IS NULL;
