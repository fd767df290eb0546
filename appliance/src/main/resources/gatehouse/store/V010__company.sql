-- What the company set, one row a part of it: SETTINGS, PASSWORD_POLICY, CUSTOM_HEADERS. What was never set is not there and has its default.
CREATE TABLE company (
  section  TEXT PRIMARY KEY,
  document TEXT NOT NULL,
  secrets  BLOB                                        -- sealed
) STRICT, WITHOUT ROWID;
