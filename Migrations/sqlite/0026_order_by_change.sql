-- Searches in order of when pictures came and when they were last changed: who keeps a copy asks so.
CREATE INDEX pictures_listed_created ON pictures (created_at DESC, id, audience, listed) WHERE listed = 1;
CREATE INDEX pictures_listed_updated ON pictures (updated_at DESC, id, audience, listed) WHERE listed = 1;
