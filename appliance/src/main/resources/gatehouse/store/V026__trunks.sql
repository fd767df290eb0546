CREATE TABLE trunks (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX trunks_by_owner ON trunks (owner, created_at);
CREATE UNIQUE INDEX trunks_by_name ON trunks (owner, json_extract(document, '$.name') COLLATE NOCASE);
CREATE INDEX trunks_by_account ON trunks (json_extract(document, '$.hostname') COLLATE NOCASE, json_extract(document, '$.auth_id'));

-- The numbers that lead in by a trunk, as ranges of numbers of one length; a single number is a range of one. No two trunks share a number.
CREATE TABLE trunk_dids (
  trunk_id TEXT NOT NULL REFERENCES trunks (id) ON DELETE CASCADE,
  digits   INTEGER NOT NULL,
  low      TEXT NOT NULL,
  high     TEXT NOT NULL,
  PRIMARY KEY (digits, low, trunk_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX trunk_dids_by_trunk ON trunk_dids (trunk_id);
