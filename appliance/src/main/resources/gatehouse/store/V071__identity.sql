-- What a phone must show before it gets its secrets: one row.
CREATE TABLE identity_settings (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX identity_settings_by_age ON identity_settings (owner, created_at);

-- Who has each phone's folder. What was sent there before this was kept counts as having known it: it goes on working.
ALTER TABLE adoptions ADD COLUMN phone_id TEXT NOT NULL DEFAULT '';
ALTER TABLE adoptions ADD COLUMN maker TEXT NOT NULL DEFAULT '';
ALTER TABLE adoptions ADD COLUMN evidence TEXT NOT NULL DEFAULT 'FOLDER';
ALTER TABLE adoptions ADD COLUMN fetched INTEGER NOT NULL DEFAULT 1;
