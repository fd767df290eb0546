CREATE TABLE user_groups (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX user_groups_by_owner ON user_groups (owner, created_at);
CREATE UNIQUE INDEX user_groups_by_name ON user_groups (owner, json_extract(document, '$.name') COLLATE NOCASE);

-- Who is gone is in no group: members go with their user, and with their group.
CREATE TABLE user_group_members (
  group_id TEXT NOT NULL REFERENCES user_groups (id) ON DELETE CASCADE,
  user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_group_members_by_user ON user_group_members (user_id);

CREATE TABLE speed_dials_8 (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX speed_dials_8_by_owner ON speed_dials_8 (owner, created_at);
CREATE UNIQUE INDEX speed_dials_8_by_code ON speed_dials_8 (owner, json_extract(document, '$.code') COLLATE NOCASE);

CREATE TABLE speed_dials_100 (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX speed_dials_100_by_owner ON speed_dials_100 (owner, created_at);
CREATE UNIQUE INDEX speed_dials_100_by_code ON speed_dials_100 (owner, json_extract(document, '$.code') COLLATE NOCASE);
