-- Which picture of an account was carried over last, by its tag; empty for none.
ALTER TABLE ms365_directory ADD COLUMN photo TEXT NOT NULL DEFAULT '';
CREATE INDEX ms365_directory_by_user ON ms365_directory (user_id) WHERE user_id IS NOT NULL;
