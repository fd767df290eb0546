-- The folder in which a DECT base finds its files: who knows its name may read them.
CREATE TABLE dect_folders (
  base_id TEXT PRIMARY KEY REFERENCES dect_phones (id) ON DELETE CASCADE,
  folder  TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
INSERT INTO dect_folders (base_id, folder) SELECT id, lower(hex(randomblob(17))) FROM dect_phones;
