-- When each phone last fetched its files; written a little later than it happens, many at once.
CREATE TABLE phone_fetches (
  phone_id   TEXT PRIMARY KEY REFERENCES phones (id) ON DELETE CASCADE,
  fetched_at INTEGER NOT NULL,
  address    TEXT NOT NULL,
  user_agent TEXT NOT NULL
) STRICT;
