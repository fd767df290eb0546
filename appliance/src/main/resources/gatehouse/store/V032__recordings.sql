-- What was recorded of a call; its sound is one file, or several where the parties were kept apart or recording paused.
CREATE TABLE recordings (
  id               TEXT PRIMARY KEY,
  call_id          TEXT NOT NULL,
  caller           TEXT NOT NULL,
  callee           TEXT NOT NULL,
  started_at       INTEGER NOT NULL,
  ended_at         INTEGER NOT NULL
) STRICT;
CREATE INDEX recordings_by_time ON recordings (started_at, id);
CREATE INDEX recordings_by_caller ON recordings (caller, started_at);
CREATE INDEX recordings_by_callee ON recordings (callee, started_at);

CREATE TABLE recording_tracks (
  recording_id     TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  position         INTEGER NOT NULL,
  caller           TEXT NOT NULL,
  callee           TEXT NOT NULL,
  started_at       INTEGER NOT NULL,
  ended_at         INTEGER NOT NULL,
  duration         INTEGER NOT NULL,                  -- seconds of sound
  file_id          TEXT NOT NULL REFERENCES files (id),
  PRIMARY KEY (recording_id, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_tracks_by_file ON recording_tracks (file_id);

-- Whose call it was: by user, since a number may be given to another later.
CREATE TABLE recording_users (
  user_id          TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  recording_id     TEXT NOT NULL REFERENCES recordings (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, recording_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX recording_users_by_recording ON recording_users (recording_id);

CREATE TRIGGER recordings_gone AFTER DELETE ON recordings BEGIN
  DELETE FROM file_uses WHERE user_kind = 'recording' AND user_id = OLD.id;
END;
