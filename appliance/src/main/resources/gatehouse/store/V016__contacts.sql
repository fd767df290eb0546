CREATE TABLE contacts (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX contacts_by_age ON contacts (owner, created_at);
CREATE INDEX contacts_by_name ON contacts (owner, json_extract(document, '$.name') COLLATE NOCASE, id);

CREATE TABLE personal_contacts (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX personal_contacts_by_age ON personal_contacts (owner, created_at);
CREATE INDEX personal_contacts_by_name ON personal_contacts (owner, json_extract(document, '$.name') COLLATE NOCASE, id);

-- Whose number is it: one of company_id and personal_id is set.
CREATE TABLE contact_numbers (
  id          INTEGER PRIMARY KEY,
  owner       TEXT NOT NULL,
  tail        TEXT NOT NULL,                          -- the last digits: the same for numbers that are the same
  digits      TEXT NOT NULL,
  name        TEXT NOT NULL,
  company_id  TEXT REFERENCES contacts (id) ON DELETE CASCADE,
  personal_id TEXT REFERENCES personal_contacts (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX contact_numbers_by_tail ON contact_numbers (tail, owner);
CREATE INDEX contact_numbers_by_company ON contact_numbers (company_id);
CREATE INDEX contact_numbers_by_personal ON contact_numbers (personal_id);

CREATE TABLE business_favorites (
  user_id    TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  contact_id TEXT NOT NULL REFERENCES contacts (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, contact_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX business_favorites_by_contact ON business_favorites (contact_id);

CREATE TABLE extension_favorites (
  user_id     TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  favorite_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
  PRIMARY KEY (user_id, favorite_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX extension_favorites_by_favorite ON extension_favorites (favorite_id);
