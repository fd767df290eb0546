-- What changed last, one row an object. Positions only grow and are never used again, so a sync token can be one.
CREATE TABLE changes (
  position   INTEGER PRIMARY KEY AUTOINCREMENT,
  owner      TEXT NOT NULL,                          -- whose feed it is; empty for everybody's
  topic      TEXT NOT NULL,
  object_id  TEXT NOT NULL,
  first      INTEGER,                                -- the position at which the object came; null when it is this one
  state      TEXT NOT NULL,                          -- LIVE, GONE (a tombstone), TOUCHED (looks different to the owner)
  changed_at INTEGER NOT NULL,
  UNIQUE (owner, topic, object_id)
) STRICT;
CREATE INDEX changes_by_owner ON changes (owner, topic, position);
CREATE INDEX changes_not_live ON changes (position) WHERE state <> 'LIVE';

-- Up to here tombstones may be forgotten: older tokens are refused.
CREATE TABLE changes_horizon (
  id       INTEGER PRIMARY KEY CHECK (id = 1),
  position INTEGER NOT NULL
) STRICT;
INSERT INTO changes_horizon (id, position) VALUES (1, 0);

-- What was there before the log.
INSERT INTO changes (owner, topic, object_id, state, changed_at)
SELECT '', 'extensions', id, 'LIVE', created_at FROM users WHERE extension_number IS NOT NULL ORDER BY created_at, id;
INSERT INTO changes (owner, topic, object_id, state, changed_at)
SELECT number, 'cdrs', id, 'LIVE', ended_at
FROM (SELECT caller AS number, id, ended_at, rowid AS written FROM cdrs UNION SELECT callee, id, ended_at, rowid FROM cdrs)
WHERE number IN (SELECT extension_number FROM users) ORDER BY written;
