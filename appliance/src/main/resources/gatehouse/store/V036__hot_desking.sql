-- Phones on desks that are nobody's; whoever signs in there takes the number along.
CREATE TABLE hot_desking_devices (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX hot_desking_devices_by_age ON hot_desking_devices (owner, created_at);
CREATE UNIQUE INDEX hot_desking_devices_by_mac ON hot_desking_devices (owner, json_extract(document, '$.mac') COLLATE NOCASE);
