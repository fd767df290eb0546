-- Events that the company's programs have not taken yet, in the order they happened.
CREATE TABLE webhook_outbox (
  number     INTEGER PRIMARY KEY AUTOINCREMENT,
  hook       TEXT NOT NULL,
  type       TEXT NOT NULL,
  body       TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  tries      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX webhook_outbox_by_hook ON webhook_outbox (hook, number);
