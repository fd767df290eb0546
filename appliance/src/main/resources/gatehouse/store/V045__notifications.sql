-- One row, once somebody has set up mail.
CREATE TABLE notification_settings (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  document TEXT NOT NULL,
  secrets  BLOB                                        -- sealed
) STRICT;

-- The company's own texts; the others come with the product.
CREATE TABLE email_templates (
  name     TEXT PRIMARY KEY,
  document TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Messages that no server has taken yet.
CREATE TABLE mail_outbox (
  id          TEXT PRIMARY KEY,
  recipient   TEXT NOT NULL,
  message     BLOB NOT NULL,                           -- sealed: it may hold a link that lets its reader in
  created_at  INTEGER NOT NULL,
  next_try_at INTEGER NOT NULL,
  tries       INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX mail_outbox_by_time ON mail_outbox (next_try_at, created_at);
