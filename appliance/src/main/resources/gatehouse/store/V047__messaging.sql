CREATE TABLE sms_channels (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sms_channels_by_owner ON sms_channels (owner, created_at);
CREATE UNIQUE INDEX sms_channels_by_name ON sms_channels (owner, json_extract(document, '$.name') COLLATE NOCASE);

CREATE TABLE whatsapp_channels (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX whatsapp_channels_by_owner ON whatsapp_channels (owner, created_at);
CREATE UNIQUE INDEX whatsapp_channels_by_name ON whatsapp_channels (owner, json_extract(document, '$.name') COLLATE NOCASE);

-- Messages outlive the channel they went by and the user they were of.
CREATE TABLE external_messages (
  id              TEXT PRIMARY KEY,
  config_id       TEXT NOT NULL,
  user_id         TEXT REFERENCES users (id) ON DELETE SET NULL,
  sender          TEXT NOT NULL,
  sender_name     TEXT,
  receiver        TEXT NOT NULL,
  receiver_name   TEXT,
  channel_name    TEXT NOT NULL,
  channel_number  TEXT,
  brand           TEXT,
  msg_type        TEXT NOT NULL,
  direction       TEXT NOT NULL,
  content         TEXT NOT NULL,
  reason          TEXT,
  delivery        TEXT,                                -- null while the provider is asked
  provider_msg_id TEXT,
  created_at      INTEGER NOT NULL
) STRICT;
CREATE INDEX external_messages_by_time ON external_messages (created_at, id);
CREATE INDEX external_messages_by_user ON external_messages (user_id, created_at, id);
CREATE INDEX external_messages_by_conversation ON external_messages (config_id, receiver, created_at);
CREATE INDEX external_messages_undecided ON external_messages (id) WHERE delivery IS NULL;
-- Providers tell the same thing again when they are not sure that they were heard.
CREATE UNIQUE INDEX external_messages_by_provider ON external_messages (config_id, provider_msg_id, direction) WHERE provider_msg_id IS NOT NULL;
