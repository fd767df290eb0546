-- What is read from Microsoft, how far, and what is still to do with it.
CREATE TABLE ms365_sources (
  source   TEXT PRIMARY KEY,                           -- 'users', or a mailbox's contacts for the company or for one user
  kind     TEXT NOT NULL,
  mailbox  TEXT NOT NULL DEFAULT '',                   -- whose contacts, by the id in Entra
  user_id  TEXT REFERENCES users (id) ON DELETE CASCADE,
  link     TEXT,                                       -- the next page, or where changes are asked for; null: everything is read anew
  round    INTEGER NOT NULL DEFAULT 0,                 -- counts the times that everything was read
  whole    INTEGER NOT NULL DEFAULT 0,                 -- such a reading is under way
  sweeping INTEGER NOT NULL DEFAULT 0,                 -- it is over, and what it did not bring goes
  fault    TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX ms365_sources_by_user ON ms365_sources (user_id);

-- The directory's users as they were last told.
CREATE TABLE ms365_directory (
  ms365_id TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  round    INTEGER NOT NULL,
  gone     INTEGER NOT NULL DEFAULT 0,
  stale    INTEGER NOT NULL DEFAULT 1,                 -- not yet carried over
  fault    TEXT NOT NULL DEFAULT '',                   -- why it was not carried over
  user_id  TEXT,                                       -- whom it became here; not a reference: who is removed here stays known as removed
  made     INTEGER NOT NULL DEFAULT 0,                 -- that user was made for it
  shut_out INTEGER NOT NULL DEFAULT 0,                 -- that user was shut out because the account ended
  written  TEXT NOT NULL DEFAULT '{}'                  -- what was last written to that user
) STRICT, WITHOUT ROWID;
CREATE INDEX ms365_directory_stale ON ms365_directory (ms365_id) WHERE stale = 1;
CREATE INDEX ms365_directory_faults ON ms365_directory (ms365_id) WHERE fault <> '';
CREATE INDEX ms365_directory_by_round ON ms365_directory (round);

-- One row, once something was read: with which settings, and how it went.
CREATE TABLE ms365_sync (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  document TEXT NOT NULL
) STRICT;

-- Contacts that are kept elsewhere and copied here: one of company_id and personal_id is set.
CREATE TABLE contact_copies (
  source      TEXT NOT NULL,
  remote_id   TEXT NOT NULL,
  round       INTEGER NOT NULL,
  company_id  TEXT REFERENCES contacts (id) ON DELETE CASCADE,
  personal_id TEXT REFERENCES personal_contacts (id) ON DELETE CASCADE,
  PRIMARY KEY (source, remote_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX contact_copies_by_round ON contact_copies (source, round);
CREATE INDEX contact_copies_by_company ON contact_copies (company_id);
CREATE INDEX contact_copies_by_personal ON contact_copies (personal_id);
