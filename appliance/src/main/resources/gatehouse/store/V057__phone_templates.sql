-- Templates of the company's own; those that came with the box are in it.
CREATE TABLE phone_templates (
  filename   TEXT PRIMARY KEY COLLATE NOCASE,
  content    TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
