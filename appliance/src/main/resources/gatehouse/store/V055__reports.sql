-- Which call of the engine a record is of; null for those from before.
ALTER TABLE cdrs ADD COLUMN session_id TEXT;

-- Reports on calls: what, how each is, and what came of it.
CREATE TABLE call_reports (
  id         TEXT PRIMARY KEY,
  owner      TEXT NOT NULL DEFAULT '',
  document   TEXT NOT NULL,
  secrets    BLOB,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX call_reports_by_owner ON call_reports (owner, created_at);

CREATE TABLE call_report_runs (
  report_id TEXT PRIMARY KEY REFERENCES call_reports (id) ON DELETE CASCADE,
  state     TEXT NOT NULL CHECK (state IN ('RUNNING', 'SCHEDULED', 'ABORTED', 'DONE')),
  percent   INTEGER NOT NULL,
  due_at    INTEGER                                     -- when it is written next; null without a schedule
) STRICT;
CREATE INDEX call_report_runs_by_state ON call_report_runs (state, due_at);

CREATE TABLE completed_call_reports (
  id           TEXT PRIMARY KEY,
  name         TEXT NOT NULL,
  type         TEXT NOT NULL,
  format       TEXT NOT NULL,
  completed_at INTEGER NOT NULL,
  file_id      TEXT NOT NULL,
  file_name    TEXT NOT NULL,
  file_size    INTEGER NOT NULL
) STRICT;
CREATE INDEX completed_call_reports_by_time ON completed_call_reports (completed_at);
