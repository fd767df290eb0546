CREATE TABLE receptionists (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX receptionists_by_owner ON receptionists (owner, created_at);
CREATE UNIQUE INDEX receptionists_by_name ON receptionists (owner, json_extract(document, '$.name') COLLATE NOCASE);

-- What a receptionist asks elsewhere when keys are pressed or somebody calls.
CREATE TABLE receptionist_action_urls (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL REFERENCES receptionists (id) ON DELETE CASCADE,
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX receptionist_action_urls_by_owner ON receptionist_action_urls (owner, created_at);
