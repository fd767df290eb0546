CREATE TABLE moh_server (
  id               INTEGER PRIMARY KEY CHECK (id = 1),
  enabled          INTEGER NOT NULL,
  play_type        TEXT NOT NULL
) STRICT;
INSERT INTO moh_server (id, enabled, play_type) VALUES (1, 1, 'DEFAULT_MUSIC');

CREATE TABLE moh_musics (
  id               TEXT PRIMARY KEY,
  file_id          TEXT NOT NULL UNIQUE REFERENCES files (id),
  created_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX moh_musics_by_time ON moh_musics (created_at, id);
