-- Where phones of a template, or of one model of it, find their firmware.
CREATE TABLE phone_firmware (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX phone_firmware_by_time ON phone_firmware (owner, created_at);
CREATE UNIQUE INDEX phone_firmware_whose ON phone_firmware (owner, json_extract(document, '$.filename'), coalesce(json_extract(document, '$.model'), ''));
