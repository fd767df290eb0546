-- One's own calls by names too: with the texts in the indexes nothing is looked up for each of forty thousand.
DROP INDEX cdrs_by_caller;
DROP INDEX cdrs_by_callee;
CREATE INDEX cdrs_by_caller ON cdrs (caller, started_at, callee, caller_display_name, callee_display_name, destination, rang_at, answered_at, ended_at,
                                     direction, end_reason, reroute_reason, status_code, user_data);
CREATE INDEX cdrs_by_callee ON cdrs (callee, started_at, caller, caller_display_name, callee_display_name, destination, rang_at, answered_at, ended_at,
                                     direction, end_reason, reroute_reason, status_code, user_data);

-- The only value that many records share is none: a third were never answered. Where that is asked beside something else, the other is the better index.
DELETE FROM sqlite_stat1 WHERE idx IN ('cdrs_by_caller', 'cdrs_by_callee', 'cdrs_by_rang_at', 'cdrs_by_answered_at');
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('cdrs', 'cdrs_by_caller', '1000000 200 1 1 1 1 1 1 1 1 1 1 1 1 1'),
  ('cdrs', 'cdrs_by_callee', '1000000 200 1 1 1 1 1 1 1 1 1 1 1 1 1'),
  ('cdrs', 'cdrs_by_rang_at', '1000000 300000 1'),
  ('cdrs', 'cdrs_by_answered_at', '1000000 300000 1');
ANALYZE sqlite_schema;
