-- How much came in within a day or a month.
CREATE INDEX pictures_created ON pictures (created_at) WHERE erased_at IS NULL;

-- Receipts whose time is over.
CREATE INDEX erasures_finished ON erasures (finished_at) WHERE finished_at IS NOT NULL;
