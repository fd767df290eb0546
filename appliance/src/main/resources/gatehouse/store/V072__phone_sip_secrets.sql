-- A SIP password of each phone's own, sealed: made anew at each adoption. Read whole at the start.
CREATE TABLE phone_sip_secrets (
  phone_id     TEXT PRIMARY KEY REFERENCES phones (id) ON DELETE CASCADE,
  secret       BLOB NOT NULL,
  before       BLOB,              -- what it had until then; null for none
  before_until INTEGER NOT NULL   -- from when that opens nothing any more
) STRICT;
