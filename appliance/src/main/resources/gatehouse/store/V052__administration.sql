-- What the box was told of itself; one row each.
CREATE TABLE network_settings (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE brand (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
