-- How phones find their files by themselves: one row.
CREATE TABLE discovery_settings (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX discovery_settings_by_age ON discovery_settings (owner, created_at);

-- From which address each phone was last sent to its own files; read whole at the start.
CREATE TABLE adoptions (
  mac     TEXT PRIMARY KEY,
  address TEXT NOT NULL,
  at      INTEGER NOT NULL
) STRICT;

-- What is known of each MAC's way in, as one JSON array; read whole at the start.
CREATE TABLE ladders (
  mac        TEXT PRIMARY KEY,
  steps      TEXT NOT NULL,
  changed_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ladders_by_change ON ladders (changed_at);
