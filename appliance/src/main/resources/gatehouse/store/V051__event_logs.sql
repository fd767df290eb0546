-- What happened to the box, newest kept; rowid is the order.
CREATE TABLE event_logs (
  id         TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL,
  level      TEXT NOT NULL,
  source     TEXT NOT NULL,
  message    TEXT NOT NULL
) STRICT;
CREATE INDEX event_logs_by_time ON event_logs (created_at);
CREATE INDEX event_logs_by_level ON event_logs (level, created_at);
