-- DECT bases, and whose handsets they carry.
CREATE TABLE dect_phones (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX dect_phones_by_owner ON dect_phones (owner, created_at);
CREATE UNIQUE INDEX dect_phones_by_name ON dect_phones (owner, json_extract(document, '$.name') COLLATE NOCASE);
CREATE UNIQUE INDEX dect_phones_by_mac ON dect_phones (owner, json_extract(document, '$.mac') COLLATE NOCASE);

CREATE TABLE dect_members (
  base_id  TEXT NOT NULL REFERENCES dect_phones (id) ON DELETE CASCADE,
  user_id  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  ipui     TEXT NOT NULL,
  handset  TEXT NOT NULL,
  PRIMARY KEY (base_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX dect_members_by_user ON dect_members (user_id);
