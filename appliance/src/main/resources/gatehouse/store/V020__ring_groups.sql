CREATE TABLE ring_groups (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ring_groups_by_owner ON ring_groups (owner, created_at);
CREATE UNIQUE INDEX ring_groups_by_name ON ring_groups (owner, json_extract(document, '$.name') COLLATE NOCASE);

-- Who is gone rings no more: members go with their user, and with their group.
CREATE TABLE ring_group_members (
  group_id    TEXT NOT NULL REFERENCES ring_groups (id) ON DELETE CASCADE,
  user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  skill_level INTEGER NOT NULL,
  PRIMARY KEY (group_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX ring_group_members_by_user ON ring_group_members (user_id);
