CREATE TABLE holidays (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX holidays_by_age ON holidays (owner, created_at);
CREATE INDEX holidays_by_name ON holidays (owner, json_extract(document, '$.name') COLLATE NOCASE, id);

CREATE TABLE user_holidays (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX user_holidays_by_age ON user_holidays (owner, created_at);
CREATE INDEX user_holidays_by_name ON user_holidays (owner, json_extract(document, '$.name') COLLATE NOCASE, id);

-- Who chose which of the company's holidays to keep; who is not here keeps all.
CREATE TABLE user_global_choices (
  user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE
) STRICT;
CREATE TABLE user_global_holidays (
  user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  holiday_id TEXT NOT NULL REFERENCES holidays (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, holiday_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX user_global_holidays_by_holiday ON user_global_holidays (holiday_id);
