-- Tokens that a program asked for and that nobody has claimed yet (Domain/TokenRequest).
CREATE TABLE token_requests (
    -- 128 random bits.
    id               TEXT PRIMARY KEY NOT NULL,
    -- The row that the signed text will stand for once it is claimed.
    token_id         TEXT NOT NULL UNIQUE,
    description      TEXT NOT NULL,
    device           TEXT NOT NULL,
    address          TEXT NOT NULL,
    created_at       INTEGER NOT NULL,
    expires_at       INTEGER NOT NULL,
    token_expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX token_requests_expiry ON token_requests (expires_at);

-- When each account, or each address block, asked for a token, for an hour.
CREATE TABLE token_quota (
    asker TEXT NOT NULL,
    at    INTEGER NOT NULL
) STRICT;
CREATE INDEX token_quota_asker ON token_quota (asker, at);
CREATE INDEX token_quota_at ON token_quota (at);

-- What somebody's uploads are visible to when they do not say.
ALTER TABLE accounts ADD COLUMN default_visibility TEXT
    CHECK (default_visibility IN ('anyone', 'logged-only', 'owner-only'));

-- Sequences that are fetched from another server (Domain/Transfer).
CREATE TABLE transfers (
    id            TEXT PRIMARY KEY NOT NULL,
    account_id    TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    upload_set_id TEXT NOT NULL REFERENCES upload_sets (id) ON DELETE CASCADE,
    -- Address of the collection there.
    source        TEXT NOT NULL,
    status        TEXT NOT NULL CHECK (status IN ('waiting', 'running', 'finished', 'failed')),
    pictures      INTEGER NOT NULL DEFAULT 0,
    fetched       INTEGER NOT NULL DEFAULT 0,
    error         TEXT,
    created_at    INTEGER NOT NULL,
    started_at    INTEGER,
    finished_at   INTEGER
) STRICT;
CREATE INDEX transfers_account ON transfers (account_id, created_at);
CREATE INDEX transfers_upload_set ON transfers (upload_set_id);
CREATE INDEX transfers_open ON transfers (created_at) WHERE status IN ('waiting', 'running');
