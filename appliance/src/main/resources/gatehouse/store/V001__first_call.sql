-- Times are epoch milliseconds. Ids are opaque text.

CREATE TABLE users (
  id               TEXT PRIMARY KEY,
  name             TEXT NOT NULL,
  name_key         TEXT NOT NULL UNIQUE,              -- lower case: names clash whatever their case
  role             TEXT NOT NULL,
  enabled          INTEGER NOT NULL DEFAULT 1,
  display_name     TEXT NOT NULL,
  email            TEXT NOT NULL,
  extension_number TEXT UNIQUE,                       -- null for an administrator without a phone
  password_hash    TEXT NOT NULL,
  password_version INTEGER NOT NULL DEFAULT 1,        -- counts passwords: a sign-in holds for the one it was made with
  sip_secret       BLOB,                              -- sealed
  voicemail_pin    BLOB,                              -- sealed
  settings         TEXT NOT NULL DEFAULT '{}',        -- the contract's other fields, as JSON
  created_at       INTEGER NOT NULL
) STRICT;

-- One number, one owner, whatever kind the owner is.
CREATE TABLE extension_numbers (
  number     TEXT PRIMARY KEY,
  owner_kind TEXT NOT NULL,
  owner_id   TEXT NOT NULL
) STRICT;
CREATE INDEX extension_numbers_by_owner ON extension_numbers (owner_id);

CREATE TABLE sign_ins (
  id                 TEXT PRIMARY KEY,
  family             TEXT NOT NULL,                   -- all refresh tokens that grew from one sign-in
  user_id            TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  access_hash        BLOB NOT NULL UNIQUE,
  refresh_hash       BLOB NOT NULL UNIQUE,
  password_version   INTEGER NOT NULL,                -- the user's, when it was made
  access_expires_at  INTEGER NOT NULL,
  refresh_expires_at INTEGER NOT NULL,
  refreshed_at       INTEGER                          -- set once its refresh token was used
) STRICT;
CREATE INDEX sign_ins_by_family ON sign_ins (family);
CREATE INDEX sign_ins_by_user ON sign_ins (user_id);
CREATE INDEX sign_ins_by_end ON sign_ins (refresh_expires_at);

CREATE TABLE audit (
  id          TEXT PRIMARY KEY,
  created_at  INTEGER NOT NULL,
  source      TEXT NOT NULL,
  ip          TEXT NOT NULL,
  action      TEXT NOT NULL,
  object_type TEXT NOT NULL,
  object_name TEXT NOT NULL,
  user_name   TEXT NOT NULL,
  old_state   TEXT,
  new_state   TEXT
) STRICT;
CREATE INDEX audit_by_time ON audit (created_at);

CREATE TABLE phones (
  id          TEXT PRIMARY KEY,
  user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  mac         TEXT NOT NULL UNIQUE,                   -- twelve lower-case hex digits
  template    TEXT NOT NULL,
  vendor      TEXT NOT NULL,
  model       TEXT NOT NULL,
  folder      TEXT NOT NULL UNIQUE,                   -- 128 random bits: who knows it may read the phone's files
  secrets     BLOB NOT NULL,                          -- sealed: web password and door codes
  settings    TEXT NOT NULL DEFAULT '{}',             -- the contract's other fields, as JSON
  created_at  INTEGER NOT NULL
) STRICT;
CREATE INDEX phones_by_user ON phones (user_id);

CREATE TABLE bindings (
  extension_number TEXT NOT NULL,
  instance_id      TEXT NOT NULL,
  contact          TEXT NOT NULL,
  transport        TEXT NOT NULL,
  host             TEXT NOT NULL,                     -- where its REGISTER came from: requests go back that way
  port             INTEGER NOT NULL,
  user_agent       TEXT NOT NULL,
  call_id          TEXT NOT NULL,
  cseq             INTEGER NOT NULL,
  expires_at       INTEGER NOT NULL,
  PRIMARY KEY (extension_number, instance_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE cdrs (
  id                  TEXT PRIMARY KEY,
  call_id             TEXT NOT NULL,
  caller              TEXT NOT NULL,
  caller_display_name TEXT NOT NULL,
  callee              TEXT NOT NULL,
  callee_display_name TEXT NOT NULL,
  destination         TEXT NOT NULL,
  started_at          INTEGER NOT NULL,
  rang_at             INTEGER,
  answered_at         INTEGER,
  ended_at            INTEGER NOT NULL,
  direction           TEXT NOT NULL,
  end_reason          TEXT,                            -- null when the box refused the call itself
  status_code         INTEGER NOT NULL
) STRICT;
CREATE INDEX cdrs_by_time ON cdrs (started_at);
CREATE INDEX cdrs_by_caller ON cdrs (caller, started_at);
CREATE INDEX cdrs_by_callee ON cdrs (callee, started_at);
