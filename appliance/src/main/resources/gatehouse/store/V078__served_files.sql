-- What each phone last got of each file: deflated, with names in the places of its secrets, and keyed digests of those.
CREATE TABLE served_files (
  mac       TEXT NOT NULL,
  file      TEXT NOT NULL,
  served_at INTEGER NOT NULL,
  reached   TEXT NOT NULL,
  tag       TEXT NOT NULL,
  content   BLOB NOT NULL,
  marks     TEXT NOT NULL,
  PRIMARY KEY (mac, file)
) STRICT;
CREATE INDEX served_files_by_time ON served_files (served_at);
