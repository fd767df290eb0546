-- What an app signs in with instead of the password, and who chose a password.
ALTER TABLE users ADD COLUMN profile BLOB;                                  -- sealed; null until it is first reset
ALTER TABLE users ADD COLUMN profile_version INTEGER NOT NULL DEFAULT 0;    -- counts profiles, as password_version counts passwords
ALTER TABLE users ADD COLUMN own_password INTEGER NOT NULL DEFAULT 0;       -- whether the user chose it
ALTER TABLE sign_ins ADD COLUMN profile_version INTEGER;                    -- the user's, when it was made with a profile; else null
