-- Logs that phones sent: the latest of each name.
CREATE TABLE phone_logs (
  mac     TEXT NOT NULL,
  name    TEXT NOT NULL,
  at      INTEGER NOT NULL,
  address TEXT NOT NULL,
  content BLOB NOT NULL,
  PRIMARY KEY (mac, name)
) STRICT;
CREATE INDEX phone_logs_by_time ON phone_logs (at);
