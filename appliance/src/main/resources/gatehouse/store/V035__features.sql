-- Park, pickup and monitor: the services' settings (one row each), groups and their members.
CREATE TABLE park_server (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE park_groups (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX park_groups_by_name ON park_groups (owner, json_extract(document, '$.name') COLLATE NOCASE);
CREATE INDEX park_groups_by_age ON park_groups (owner, created_at);
CREATE TABLE park_group_members (
  group_id TEXT NOT NULL REFERENCES park_groups (id) ON DELETE CASCADE,
  user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX park_group_members_by_user ON park_group_members (user_id);

CREATE TABLE pickup_groups (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX pickup_groups_by_name ON pickup_groups (owner, json_extract(document, '$.name') COLLATE NOCASE);
CREATE INDEX pickup_groups_by_age ON pickup_groups (owner, created_at);
CREATE TABLE pickup_group_members (
  group_id TEXT NOT NULL REFERENCES pickup_groups (id) ON DELETE CASCADE,
  user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX pickup_group_members_by_user ON pickup_group_members (user_id);

CREATE TABLE monitor_server (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE TABLE monitor_groups (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX monitor_groups_by_name ON monitor_groups (owner, json_extract(document, '$.name') COLLATE NOCASE);
CREATE INDEX monitor_groups_by_age ON monitor_groups (owner, created_at);
CREATE TABLE monitor_group_members (
  group_id TEXT NOT NULL REFERENCES monitor_groups (id) ON DELETE CASCADE,
  user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX monitor_group_members_by_user ON monitor_group_members (user_id);
CREATE TABLE monitor_group_managers (
  group_id TEXT NOT NULL REFERENCES monitor_groups (id) ON DELETE CASCADE,
  user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX monitor_group_managers_by_user ON monitor_group_managers (user_id);

CREATE TABLE automatic_callback (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;

-- Only what differs from the contract's defaults.
CREATE TABLE feature_codes (
  feature TEXT PRIMARY KEY,
  code    TEXT NOT NULL,
  enabled INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
