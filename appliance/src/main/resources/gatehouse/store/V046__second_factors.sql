-- Sign-ins whose password was right and whose second factor is still to come. The hashes of codes are of token and code together, so that
-- a code of six digits cannot be found by trying them all.
CREATE TABLE sign_in_challenges (
  token_hash       BLOB PRIMARY KEY,
  user_id          TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  password_version INTEGER NOT NULL,
  expires_at       INTEGER NOT NULL,
  code_hash        BLOB,                               -- of the code that was mailed last
  sent_at          INTEGER,
  sends            INTEGER NOT NULL DEFAULT 0,
  tries            INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX sign_in_challenges_by_user ON sign_in_challenges (user_id, expires_at);
CREATE INDEX sign_in_challenges_by_end ON sign_in_challenges (expires_at);

-- Apps that show codes of RFC 6238, one a user.
CREATE TABLE authenticators (
  user_id   TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  secret    BLOB NOT NULL,                             -- sealed
  confirmed INTEGER NOT NULL DEFAULT 0,
  last_step INTEGER NOT NULL DEFAULT 0                 -- a code holds once
) STRICT, WITHOUT ROWID;

-- Mailed links that choose a new password, once.
CREATE TABLE password_resets (
  token_hash       BLOB PRIMARY KEY,
  user_id          TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  password_version INTEGER NOT NULL,                   -- another password ends it
  expires_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX password_resets_by_user ON password_resets (user_id);
CREATE INDEX password_resets_by_end ON password_resets (expires_at);
