ALTER TABLE sign_ins ADD COLUMN vouched INTEGER NOT NULL DEFAULT 0 CHECK (vouched IN (0, 1)); -- another provider said who it is
