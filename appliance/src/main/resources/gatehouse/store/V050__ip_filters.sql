-- Rules for addresses. How one is matched stands in the code: there are few, and every request asks.
CREATE TABLE ip_filters (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX ip_filters_by_age ON ip_filters (owner, created_at);
CREATE UNIQUE INDEX ip_filters_by_cidr ON ip_filters (owner, json_extract(document, '$.cidr') COLLATE NOCASE);
