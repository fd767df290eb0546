-- Rooms of the company, and meetings of people; both have a number of their own.
CREATE TABLE conference_rooms (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL DEFAULT '', document TEXT NOT NULL, secrets BLOB, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX conference_rooms_by_age ON conference_rooms (owner, created_at);

CREATE TABLE meetings (
  id TEXT PRIMARY KEY, owner TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE, document TEXT NOT NULL, secrets BLOB,
  created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX meetings_by_owner ON meetings (owner, created_at);
-- A meeting goes with its owner, and its number with it.
CREATE TRIGGER meetings_give_back_their_number AFTER DELETE ON meetings BEGIN
  DELETE FROM extension_numbers WHERE owner_id = old.id;
END;

CREATE TABLE meeting_invitees (
  meeting_id TEXT NOT NULL REFERENCES meetings (id) ON DELETE CASCADE,
  number     TEXT NOT NULL,
  PRIMARY KEY (meeting_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX meeting_invitees_by_number ON meeting_invitees (number);

CREATE TABLE room_recordings (
  id          TEXT PRIMARY KEY,
  room_id     TEXT NOT NULL REFERENCES conference_rooms (id) ON DELETE CASCADE,
  file_id     TEXT NOT NULL,
  answered_at INTEGER NOT NULL,
  ended_at    INTEGER NOT NULL,
  read        INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX room_recordings_by_room ON room_recordings (room_id, answered_at);
