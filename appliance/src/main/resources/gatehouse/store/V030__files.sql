-- What files hold, by what it is: one blob for each content, however many files have it. A row here has its bytes on the disk.
CREATE TABLE blobs (
  digest           TEXT PRIMARY KEY,                  -- SHA-256, 64 lower-case hex digits; also where it lies
  size             INTEGER NOT NULL,
  media_type       TEXT NOT NULL,
  duration_ms      INTEGER,                           -- of a sound that can be played
  sound_fault      TEXT,                              -- why a sound cannot be played
  created_at       INTEGER NOT NULL
) STRICT;

CREATE TABLE files (
  id               TEXT PRIMARY KEY,
  digest           TEXT NOT NULL REFERENCES blobs (digest),
  name             TEXT NOT NULL,
  origin           TEXT NOT NULL,                     -- UPLOAD, or BOX for what the box recorded itself: never listed
  temporary        INTEGER NOT NULL DEFAULT 0,
  owner            TEXT REFERENCES users (id) ON DELETE SET NULL,
  created_at       INTEGER NOT NULL,
  unused_since     INTEGER                            -- null while something uses it
) STRICT;
CREATE INDEX files_by_digest ON files (digest);
CREATE INDEX files_by_time ON files (origin, created_at, id);
CREATE INDEX files_by_owner ON files (owner, unused_since);
CREATE INDEX files_unused ON files (unused_since) WHERE unused_since IS NOT NULL;

-- Who needs which file. A file with a row here stays.
CREATE TABLE file_uses (
  user_kind        TEXT NOT NULL,                     -- in a sentence: "call queue", "greeting"
  user_id          TEXT NOT NULL,
  file_id          TEXT NOT NULL REFERENCES files (id),
  PRIMARY KEY (user_kind, user_id, file_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX file_uses_by_file ON file_uses (file_id);

CREATE TABLE uploads (
  id               TEXT PRIMARY KEY,
  token_hash       BLOB NOT NULL,                     -- SHA-256
  owner            TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  name             TEXT NOT NULL,
  temporary        INTEGER NOT NULL,
  received         INTEGER NOT NULL DEFAULT 0,        -- bytes that are safe on the disk
  touched_at       INTEGER NOT NULL,
  file_id          TEXT REFERENCES files (id) ON DELETE CASCADE -- once it is complete
) STRICT;
CREATE INDEX uploads_by_owner ON uploads (owner);
CREATE INDEX uploads_by_time ON uploads (touched_at);
CREATE INDEX uploads_by_file ON uploads (file_id);
