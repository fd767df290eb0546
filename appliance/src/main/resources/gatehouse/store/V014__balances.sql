-- Amounts are whole numbers of 0.00001: five decimal places, exact.
CREATE TABLE user_balances (
  user_id TEXT PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
  amount  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE company_balance (
  only_one INTEGER PRIMARY KEY CHECK (only_one = 1),
  amount   INTEGER NOT NULL
) STRICT;
