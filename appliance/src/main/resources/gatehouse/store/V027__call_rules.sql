CREATE TABLE inbound_rules (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX inbound_rules_by_owner ON inbound_rules (owner, created_at);
CREATE UNIQUE INDEX inbound_rules_by_name ON inbound_rules (owner, json_extract(document, '$.name') COLLATE NOCASE);
CREATE INDEX inbound_rules_by_trunk ON inbound_rules (json_extract(document, '$.provider_id'));

CREATE TABLE outbound_rules (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX outbound_rules_by_owner ON outbound_rules (owner, created_at);
CREATE UNIQUE INDEX outbound_rules_by_name ON outbound_rules (owner, json_extract(document, '$.name') COLLATE NOCASE);
CREATE INDEX outbound_rules_by_priority ON outbound_rules (json_extract(document, '$.priority'), created_at);

-- The user groups that a rule is for; none for everybody. A group that is gone stays here: a rule that was for few must not become one for all.
CREATE TABLE outbound_rule_groups (
  rule_id  TEXT NOT NULL REFERENCES outbound_rules (id) ON DELETE CASCADE,
  group_id TEXT NOT NULL,
  PRIMARY KEY (rule_id, group_id)
) STRICT, WITHOUT ROWID;
