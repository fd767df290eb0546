-- The box's own registration and the company's, each with the certificate it proves itself by.
CREATE TABLE ms365_registrations (
  section     TEXT PRIMARY KEY,
  document    TEXT NOT NULL,
  certificate BLOB,                                    -- DER
  private_key BLOB                                     -- sealed
) STRICT, WITHOUT ROWID;

CREATE TABLE ms365_bindings (
  user_id  TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  ms365_id TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
