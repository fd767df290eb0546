-- The company's own roles, and the built-in ones by name, so that lists find both.
CREATE TABLE roles (
  name_key    TEXT PRIMARY KEY,                        -- lower case: names clash whatever their case
  name        TEXT NOT NULL,
  description TEXT NOT NULL,
  permissions TEXT NOT NULL,                           -- dotted, with spaces between
  built_in    INTEGER NOT NULL,
  position    INTEGER NOT NULL                         -- built-in ones come first, in the contract's order
) STRICT;
CREATE INDEX roles_by_position ON roles (position, name_key);
CREATE INDEX users_by_role ON users (role);
