-- Callers whom queues treat apart.
CREATE TABLE exclusive_numbers (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX exclusive_numbers_by_owner ON exclusive_numbers (owner, created_at);
CREATE UNIQUE INDEX exclusive_numbers_by_number ON exclusive_numbers (owner, json_extract(document, '$.number') COLLATE NOCASE);
CREATE INDEX exclusive_number_masks ON exclusive_numbers (id) WHERE instr(json_extract(document, '$.number'), '*') > 0;

-- Who leaves a queue serves nobody there any more.
CREATE TABLE exclusive_number_agents (
  number_id TEXT NOT NULL REFERENCES exclusive_numbers (id) ON DELETE CASCADE,
  queue_id  TEXT NOT NULL,
  user_id   TEXT NOT NULL,
  position  INTEGER NOT NULL,
  PRIMARY KEY (number_id, queue_id, user_id),
  FOREIGN KEY (queue_id, user_id) REFERENCES call_queue_agents (queue_id, user_id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX exclusive_number_agents_by_agent ON exclusive_number_agents (queue_id, user_id);

CREATE TABLE vip_numbers (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX vip_numbers_by_owner ON vip_numbers (owner, created_at);
CREATE UNIQUE INDEX vip_numbers_by_number ON vip_numbers (owner, json_extract(document, '$.number') COLLATE NOCASE);

CREATE TABLE call_queue_blacklisted_numbers (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX call_queue_blacklisted_numbers_by_owner ON call_queue_blacklisted_numbers (owner, created_at);
CREATE UNIQUE INDEX call_queue_blacklisted_numbers_by_number
  ON call_queue_blacklisted_numbers (owner, json_extract(document, '$.number') COLLATE NOCASE);

CREATE TABLE call_queue_blacklist_prompts (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  document TEXT NOT NULL
) STRICT;
