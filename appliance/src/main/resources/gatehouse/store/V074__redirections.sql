-- The makers' redirect services, and how it stands with each phone there.
CREATE TABLE redirect_services (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX redirect_services_by_time ON redirect_services (owner, created_at);
CREATE UNIQUE INDEX redirect_services_maker ON redirect_services (owner, json_extract(document, '$.maker') COLLATE NOCASE);

CREATE TABLE redirections (
  mac        TEXT PRIMARY KEY,
  maker      TEXT NOT NULL,
  want       TEXT NOT NULL CHECK (want IN ('LEAD', 'FORGET')),
  state      TEXT NOT NULL CHECK (state IN ('WAITING', 'DONE', 'REFUSED', 'GIVEN_UP')),
  asked      TEXT NOT NULL,
  told       INTEGER NOT NULL,
  trouble    TEXT,
  words      TEXT NOT NULL,
  tries      INTEGER NOT NULL,
  since      INTEGER NOT NULL,
  next_try   INTEGER NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX redirections_by_maker ON redirections (maker, state);
CREATE INDEX redirections_waiting ON redirections (maker, next_try) WHERE state = 'WAITING';
CREATE INDEX redirections_to_forget ON redirections (changed_at) WHERE want = 'FORGET';
