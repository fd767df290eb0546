-- Lists of ten thousand users and a million call records: an index for each question, one of texts, and what the planner should think of them.

-- What users are filtered and searched by, without their settings around it: to count, SQLite reads this alone.
CREATE INDEX users_texts ON users (
  name, display_name, email, extension_number, role, enabled, json_extract(settings, '$.mobile_phone'), json_extract(settings, '$.work_phone'),
  json_extract(settings, '$.home_phone'), json_extract(settings, '$.address'), json_extract(settings, '$.department')
);

-- Who calls whom repeats: each number with a name stands once in cdr_parties, and a search looks there instead of at every record.
CREATE TABLE cdr_parties (
  n      INTEGER PRIMARY KEY,
  number TEXT NOT NULL,
  name   TEXT NOT NULL,
  UNIQUE (number, name)
) STRICT;

-- The table again, with a number for each record that stays (a rowid without a name may change when the file is compacted) and its parties.
CREATE TABLE numbered_cdrs (
  n                   INTEGER PRIMARY KEY,
  id                  TEXT NOT NULL UNIQUE,
  call_id             TEXT NOT NULL,
  caller              TEXT NOT NULL,
  caller_display_name TEXT NOT NULL,
  callee              TEXT NOT NULL,
  callee_display_name TEXT NOT NULL,
  destination         TEXT NOT NULL,
  started_at          INTEGER NOT NULL,
  rang_at             INTEGER,
  answered_at         INTEGER,
  ended_at            INTEGER NOT NULL,
  direction           TEXT NOT NULL,
  end_reason          TEXT,                            -- null when the box refused the call itself
  status_code         INTEGER NOT NULL,
  caller_party        INTEGER,                         -- these three are set by the triggers below
  callee_party        INTEGER,
  destination_party   INTEGER                          -- null when it is the callee
) STRICT;
INSERT INTO numbered_cdrs (n, id, call_id, caller, caller_display_name, callee, callee_display_name, destination, started_at, rang_at, answered_at,
                           ended_at, direction, end_reason, status_code)
SELECT rowid, id, call_id, caller, caller_display_name, callee, callee_display_name, destination, started_at, rang_at, answered_at, ended_at, direction,
       end_reason, status_code FROM cdrs ORDER BY rowid;
DROP TABLE cdrs;
ALTER TABLE numbered_cdrs RENAME TO cdrs;

INSERT INTO cdr_parties (number, name)
SELECT caller, caller_display_name FROM cdrs UNION SELECT callee, callee_display_name FROM cdrs
UNION SELECT destination, '' FROM cdrs WHERE destination <> callee;
UPDATE cdrs SET caller_party = (SELECT n FROM cdr_parties WHERE number = caller AND name = caller_display_name),
                callee_party = (SELECT n FROM cdr_parties WHERE number = callee AND name = callee_display_name),
                destination_party = (SELECT n FROM cdr_parties WHERE number = destination AND destination <> callee AND name = '');

CREATE INDEX cdrs_by_time ON cdrs (started_at);
CREATE INDEX cdrs_by_caller ON cdrs (caller, started_at);
CREATE INDEX cdrs_by_callee ON cdrs (callee, started_at);
CREATE INDEX cdrs_by_end_reason ON cdrs (end_reason, started_at);
CREATE INDEX cdrs_by_status_code ON cdrs (status_code, started_at);
CREATE INDEX cdrs_by_caller_party ON cdrs (caller_party, started_at);
CREATE INDEX cdrs_by_callee_party ON cdrs (callee_party, started_at);
CREATE INDEX cdrs_by_destination_party ON cdrs (destination_party, started_at) WHERE destination_party IS NOT NULL;

CREATE TRIGGER cdrs_inserted AFTER INSERT ON cdrs BEGIN
  INSERT OR IGNORE INTO cdr_parties (number, name) VALUES (new.caller, new.caller_display_name), (new.callee, new.callee_display_name);
  INSERT OR IGNORE INTO cdr_parties (number, name) SELECT new.destination, '' WHERE new.destination <> new.callee;
  UPDATE cdrs SET caller_party = (SELECT n FROM cdr_parties WHERE number = new.caller AND name = new.caller_display_name),
                  callee_party = (SELECT n FROM cdr_parties WHERE number = new.callee AND name = new.callee_display_name),
                  destination_party = (SELECT n FROM cdr_parties WHERE number = new.destination AND new.destination <> new.callee AND name = '')
  WHERE n = new.n;
END;
-- Whom no record names any more is forgotten.
CREATE TRIGGER cdrs_deleted AFTER DELETE ON cdrs BEGIN
  DELETE FROM cdr_parties WHERE n IN (old.caller_party, old.callee_party, old.destination_party)
    AND NOT EXISTS (SELECT 1 FROM cdrs WHERE caller_party = cdr_parties.n) AND NOT EXISTS (SELECT 1 FROM cdrs WHERE callee_party = cdr_parties.n)
    AND NOT EXISTS (SELECT 1 FROM cdrs WHERE destination_party = cdr_parties.n);
END;
CREATE TRIGGER cdrs_keep_their_parties BEFORE UPDATE OF n, caller, caller_display_name, callee, callee_display_name, destination ON cdrs BEGIN
  SELECT raise(ABORT, 'who called whom does not change: delete the record and insert another');
END;

-- Every three letters in a row of a party's texts, whatever their case.
CREATE VIRTUAL TABLE cdr_party_texts USING fts5 (number, name, content = 'cdr_parties', content_rowid = 'n', tokenize = 'trigram', columnsize = 0);
INSERT INTO cdr_party_texts (cdr_party_texts) VALUES ('rebuild');
CREATE TRIGGER cdr_parties_inserted AFTER INSERT ON cdr_parties BEGIN
  INSERT INTO cdr_party_texts (rowid, number, name) VALUES (new.n, new.number, new.name);
END;
CREATE TRIGGER cdr_parties_deleted AFTER DELETE ON cdr_parties BEGIN
  INSERT INTO cdr_party_texts (cdr_party_texts, rowid, number, name) VALUES ('delete', old.n, old.number, old.name);
END;

-- What ANALYZE would find on a busy box: rows, then rows to one value. Given rather than measured, so that every box plans alike.
ANALYZE;
DELETE FROM sqlite_stat1 WHERE tbl IN ('cdrs', 'cdr_parties');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('cdrs', 'cdrs_by_time', '1000000 1'),
  ('cdrs', 'cdrs_by_caller', '1000000 200 1'),
  ('cdrs', 'cdrs_by_callee', '1000000 200 1'),
  ('cdrs', 'cdrs_by_end_reason', '1000000 150000 1'),
  ('cdrs', 'cdrs_by_status_code', '1000000 100000 1'),
  ('cdrs', 'cdrs_by_caller_party', '1000000 100 1'),
  ('cdrs', 'cdrs_by_callee_party', '1000000 100 1'),
  ('cdrs', 'cdrs_by_destination_party', '10000 100 1'),
  ('cdrs', 'sqlite_autoindex_cdrs_1', '1000000 1'),
  ('cdr_parties', 'sqlite_autoindex_cdr_parties_1', '200000 1 1');
ANALYZE sqlite_schema;
