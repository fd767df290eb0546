CREATE TABLE call_queues (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX call_queues_by_owner ON call_queues (owner, created_at);
CREATE UNIQUE INDEX call_queues_by_name ON call_queues (owner, json_extract(document, '$.name') COLLATE NOCASE);

-- An agent's state is kept queue by queue. What a phone shows (offline, on a call) is never kept.
CREATE TABLE call_queue_agents (
  queue_id    TEXT NOT NULL REFERENCES call_queues (id) ON DELETE CASCADE,
  user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  position    INTEGER NOT NULL,
  skill_level INTEGER NOT NULL,
  state       TEXT NOT NULL DEFAULT 'NOT_READY'
              CHECK (state IN ('READY', 'NOT_READY', 'WRAP_UP', 'BREAK', 'LUNCH', 'LOGGED_OUT')),
  PRIMARY KEY (queue_id, user_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX call_queue_agents_by_user ON call_queue_agents (user_id);
