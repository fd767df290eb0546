-- What was set of the box and its SIP side; one row each.
CREATE TABLE system_options (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE sip_ports (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
