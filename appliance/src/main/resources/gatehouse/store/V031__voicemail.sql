CREATE TABLE voicemail_server (
  id               INTEGER PRIMARY KEY CHECK (id = 1),
  extension_number TEXT,
  retain_days      INTEGER NOT NULL,
  min_seconds      INTEGER NOT NULL
) STRICT;
INSERT INTO voicemail_server (id, retain_days, min_seconds) VALUES (1, 30, 1);

CREATE TABLE shared_voicemails (
  id               TEXT PRIMARY KEY,
  owner            TEXT NOT NULL DEFAULT '',
  document         TEXT NOT NULL,
  secrets          BLOB,                              -- sealed: the PIN
  created_at       INTEGER NOT NULL,
  updated_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX shared_voicemails_by_owner ON shared_voicemails (owner, created_at);
CREATE UNIQUE INDEX shared_voicemails_by_name ON shared_voicemails (owner, json_extract(document, '$.name') COLLATE NOCASE);

-- A mailbox is a user's or a shared one: a message and a greeting are in one of either.
CREATE TABLE voicemails (
  id               TEXT PRIMARY KEY,
  user_id          TEXT REFERENCES users (id) ON DELETE CASCADE,
  shared_id        TEXT REFERENCES shared_voicemails (id) ON DELETE CASCADE,
  sender           TEXT NOT NULL,                     -- the caller's number
  sender_name      TEXT NOT NULL,
  created_at       INTEGER NOT NULL,                  -- when the caller began to speak
  duration         INTEGER NOT NULL,                  -- seconds
  status           TEXT NOT NULL,                     -- READ or UNREAD
  file_id          TEXT NOT NULL REFERENCES files (id),
  file_name        TEXT NOT NULL,
  file_size        INTEGER NOT NULL,
  CHECK ((user_id IS NULL) <> (shared_id IS NULL))
) STRICT;
CREATE INDEX voicemails_by_user ON voicemails (user_id, created_at, id);
CREATE INDEX voicemails_by_shared ON voicemails (shared_id, created_at, id);
CREATE INDEX voicemails_by_time ON voicemails (created_at);
CREATE INDEX voicemails_by_file ON voicemails (file_id);

CREATE TABLE greetings (
  id               TEXT PRIMARY KEY,
  user_id          TEXT REFERENCES users (id) ON DELETE CASCADE,
  shared_id        TEXT REFERENCES shared_voicemails (id) ON DELETE CASCADE,
  enabled          INTEGER NOT NULL DEFAULT 0,
  file_id          TEXT NOT NULL REFERENCES files (id),
  created_at       INTEGER NOT NULL,
  CHECK ((user_id IS NULL) <> (shared_id IS NULL))
) STRICT;
CREATE INDEX greetings_by_user ON greetings (user_id, created_at);
CREATE INDEX greetings_by_shared ON greetings (shared_id, created_at);
CREATE UNIQUE INDEX greetings_one_enabled ON greetings (coalesce(user_id, shared_id)) WHERE enabled = 1;
CREATE INDEX greetings_by_file ON greetings (file_id);

-- What goes with its user or mailbox (a cascade) no longer needs its file; the sweep of files removes it then.
CREATE TRIGGER voicemails_gone AFTER DELETE ON voicemails BEGIN
  DELETE FROM file_uses WHERE user_kind = 'voicemail' AND user_id = OLD.id;
END;
CREATE TRIGGER greetings_gone AFTER DELETE ON greetings BEGIN
  DELETE FROM file_uses WHERE user_kind = 'greeting' AND user_id = OLD.id;
END;
