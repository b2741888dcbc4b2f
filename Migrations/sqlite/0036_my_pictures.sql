-- What people do with many of their pictures at once.

-- People have put it together: a batch that is cut anew leaves it as it is.
ALTER TABLE sequences ADD COLUMN mine_is_arranged INTEGER NOT NULL DEFAULT 0 CHECK (mine_is_arranged IN (0, 1));

-- Pictures of an account by time of capture, with what they are filtered by.
CREATE INDEX mine_pictures_listed ON pictures (
    account_id, captured_at DESC, id, audience, label_id, longitude, latitude, listed
) WHERE listed = 1;
-- Those that wait or are broken are few: of an account, and of all.
CREATE INDEX mine_pictures_unlisted ON pictures (account_id, created_at DESC, id, status) WHERE listed = 0;
CREATE INDEX mine_pictures_arriving ON pictures (created_at DESC, id, status) WHERE listed = 0;
