-- Which countries may be called. No row while nobody has chosen; then the home country alone.
CREATE TABLE allowed_countries (
  one   INTEGER PRIMARY KEY CHECK (one = 1),
  items TEXT NOT NULL                                  -- a JSON array, as it was given
) STRICT;

CREATE TABLE disallowed_codes (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX disallowed_codes_by_owner ON disallowed_codes (owner, created_at);
CREATE UNIQUE INDEX disallowed_codes_by_prefix ON disallowed_codes (owner, json_extract(document, '$.number_prefix') COLLATE NOCASE);

CREATE TABLE blacklisted_numbers (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX blacklisted_numbers_by_owner ON blacklisted_numbers (owner, created_at);
CREATE UNIQUE INDEX blacklisted_numbers_by_number ON blacklisted_numbers (owner, json_extract(document, '$.number') COLLATE NOCASE);

CREATE TABLE emergency_numbers (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX emergency_numbers_by_owner ON emergency_numbers (owner, created_at);
CREATE UNIQUE INDEX emergency_numbers_by_prefix ON emergency_numbers (owner, json_extract(document, '$.number_prefix') COLLATE NOCASE);

-- A new box can call for help before anybody has set it up: the two numbers that ITU-T E.161.1 recommends. They can be removed.
INSERT INTO emergency_numbers (id, document, created_at, updated_at)
SELECT lower(hex(randomblob(10))), json_object('number_prefix', number, 'description', 'Emergency call (ITU-T E.161.1)'),
       unixepoch() * 1000, unixepoch() * 1000
FROM (SELECT '112' AS number UNION ALL SELECT '911');
-- Nobody else can have them as an extension; who has one already keeps it.
INSERT INTO extension_numbers (number, owner_kind, owner_id, label)
SELECT document ->> 'number_prefix', 'SERVICE', id, 'Emergency call ' || (document ->> 'number_prefix') FROM emergency_numbers WHERE true
ON CONFLICT DO NOTHING;
