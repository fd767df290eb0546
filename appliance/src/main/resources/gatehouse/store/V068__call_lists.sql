-- Call records by any of their fields: an index for each in the order of time, and for one's own calls two that hold all that is asked of them.

-- The contract's duration: whole seconds of talk, none when nobody answered.
ALTER TABLE cdrs ADD COLUMN duration INTEGER AS (coalesce((ended_at - answered_at) / 1000, 0)) VIRTUAL;

-- How many records name a party in each way; that of destination is the callee's when what was dialled was reached.
ALTER TABLE cdr_parties ADD COLUMN caller_records INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cdr_parties ADD COLUMN callee_records INTEGER NOT NULL DEFAULT 0;
ALTER TABLE cdr_parties ADD COLUMN destination_records INTEGER NOT NULL DEFAULT 0;
UPDATE cdr_parties SET
  caller_records = (SELECT count(*) FROM cdrs WHERE caller_party = cdr_parties.n),
  callee_records = (SELECT count(*) FROM cdrs WHERE callee_party = cdr_parties.n),
  destination_records = (SELECT count(*) FROM cdrs WHERE callee_party = cdr_parties.n AND destination_party IS NULL)
                      + (SELECT count(*) FROM cdrs WHERE destination_party = cdr_parties.n);
CREATE INDEX cdr_parties_by_name ON cdr_parties (name);

DROP TRIGGER cdrs_inserted;
CREATE TRIGGER cdrs_inserted AFTER INSERT ON cdrs BEGIN
  INSERT OR IGNORE INTO cdr_parties (number, name) VALUES (new.caller, new.caller_display_name), (new.callee, new.callee_display_name);
  INSERT OR IGNORE INTO cdr_parties (number, name) SELECT new.destination, '' WHERE new.destination <> new.callee;
  UPDATE cdrs SET caller_party = (SELECT n FROM cdr_parties WHERE number = new.caller AND name = new.caller_display_name),
                  callee_party = (SELECT n FROM cdr_parties WHERE number = new.callee AND name = new.callee_display_name),
                  destination_party = (SELECT n FROM cdr_parties WHERE number = new.destination AND new.destination <> new.callee AND name = '')
  WHERE n = new.n;
  UPDATE cdr_parties SET caller_records = caller_records + 1 WHERE number = new.caller AND name = new.caller_display_name;
  UPDATE cdr_parties SET callee_records = callee_records + 1, destination_records = destination_records + (new.destination = new.callee)
  WHERE number = new.callee AND name = new.callee_display_name;
  UPDATE cdr_parties SET destination_records = destination_records + 1 WHERE number = new.destination AND name = '' AND new.destination <> new.callee;
END;

-- How many records have a letter, or a few letters in a row, somewhere in what is searched, whatever their case; of the records up to cdr_runs_end.n.
CREATE TABLE cdr_runs (
  run     TEXT PRIMARY KEY,
  records INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE cdr_runs_end (n INTEGER NOT NULL) STRICT;
INSERT INTO cdr_runs_end VALUES (0);

DROP TRIGGER cdrs_deleted;
-- Whom no record names any more is forgotten; the runs are counted again.
CREATE TRIGGER cdrs_deleted AFTER DELETE ON cdrs BEGIN
  UPDATE cdr_parties SET caller_records = caller_records - 1 WHERE n = old.caller_party;
  UPDATE cdr_parties SET callee_records = callee_records - 1 WHERE n = old.callee_party;
  UPDATE cdr_parties SET destination_records = destination_records - 1 WHERE n = coalesce(old.destination_party, old.callee_party);
  DELETE FROM cdr_parties WHERE n IN (old.caller_party, old.callee_party, old.destination_party)
    AND caller_records = 0 AND callee_records = 0 AND destination_records = 0;
  DELETE FROM cdr_runs WHERE old.n <= (SELECT n FROM cdr_runs_end);
  UPDATE cdr_runs_end SET n = 0 WHERE old.n <= n;
END;

DROP INDEX cdrs_by_caller;
DROP INDEX cdrs_by_callee;
CREATE INDEX cdrs_by_caller ON cdrs (caller, started_at, caller_party, callee_party, destination_party, rang_at, answered_at, ended_at, direction, end_reason,
                                     reroute_reason, status_code, user_data);
CREATE INDEX cdrs_by_callee ON cdrs (callee, started_at, caller_party, callee_party, destination_party, rang_at, answered_at, ended_at, direction, end_reason,
                                     reroute_reason, status_code, user_data, caller);
CREATE INDEX cdrs_by_destination ON cdrs (coalesce(destination_party, callee_party), started_at);
CREATE INDEX cdrs_by_rang_at ON cdrs (rang_at, started_at);
CREATE INDEX cdrs_by_answered_at ON cdrs (answered_at, started_at);
CREATE INDEX cdrs_by_ended_at ON cdrs (ended_at, started_at);
CREATE INDEX cdrs_by_duration ON cdrs (duration, started_at);
CREATE INDEX cdrs_by_call_id ON cdrs (call_id, started_at);
CREATE INDEX cdrs_by_direction ON cdrs (direction, started_at);
CREATE INDEX cdrs_by_reroute_reason ON cdrs (reroute_reason, started_at) WHERE reroute_reason IS NOT NULL;
CREATE INDEX cdrs_by_user_data ON cdrs (user_data, started_at) WHERE user_data IS NOT NULL;

-- As in V003: given rather than measured.
DELETE FROM sqlite_stat1 WHERE tbl IN ('cdrs', 'cdr_parties');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('cdrs', 'cdrs_by_time', '1000000 1'),
  ('cdrs', 'cdrs_by_caller', '1000000 200 1 1 1 1 1 1 1 1 1 1 1 1'),
  ('cdrs', 'cdrs_by_callee', '1000000 200 1 1 1 1 1 1 1 1 1 1 1 1 1'),
  ('cdrs', 'cdrs_by_end_reason', '1000000 150000 1'),
  ('cdrs', 'cdrs_by_status_code', '1000000 100000 1'),
  ('cdrs', 'cdrs_by_caller_party', '1000000 100 1'),
  ('cdrs', 'cdrs_by_callee_party', '1000000 100 1'),
  ('cdrs', 'cdrs_by_destination', '1000000 100 1'),
  ('cdrs', 'cdrs_by_destination_party', '10000 100 1'),
  ('cdrs', 'cdrs_by_rang_at', '1000000 2 1'),
  ('cdrs', 'cdrs_by_answered_at', '1000000 2 1'),
  ('cdrs', 'cdrs_by_ended_at', '1000000 1 1'),
  ('cdrs', 'cdrs_by_duration', '1000000 2000 1'),
  ('cdrs', 'cdrs_by_call_id', '1000000 1 1'),
  ('cdrs', 'cdrs_by_direction', '1000000 300000 1'),
  ('cdrs', 'cdrs_by_reroute_reason', '20000 5000 1'),
  ('cdrs', 'cdrs_by_user_data', '20000 10 1'),
  ('cdrs', 'cdrs_by_session', '1000000 1 1'),
  ('cdrs', 'sqlite_autoindex_cdrs_1', '1000000 1'),
  ('cdr_parties', 'cdr_parties_by_name', '200000 20'),
  ('cdr_parties', 'sqlite_autoindex_cdr_parties_1', '200000 1 1');
ANALYZE sqlite_schema;
