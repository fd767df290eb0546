-- One session may have several records: a call that was handed on has one for each that answered it.
ALTER TABLE cdrs ADD COLUMN reroute_reason TEXT;
ALTER TABLE cdrs ADD COLUMN user_data TEXT;
CREATE INDEX cdrs_by_session ON cdrs (session_id, started_at) WHERE session_id IS NOT NULL;
