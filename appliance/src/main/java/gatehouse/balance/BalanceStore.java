package gatehouse.balance;

import gatehouse.store.Store;
import gatehouse.store.Store.Tx;

/** Sole reader and writer of the tables {@code user_balances} and {@code company_balance}. */
public final class BalanceStore {
    private final Store store;

    public BalanceStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    Amount ofUser(Tx tx, String id) {
        return tx.one("SELECT amount FROM user_balances WHERE user_id = ?", row -> new Amount(row.getLong("amount")), id).orElse(Amount.NOTHING);
    }

    void setUser(Tx tx, String id, Amount amount) {
        tx.run("INSERT INTO user_balances (user_id, amount) VALUES (?, ?) ON CONFLICT (user_id) DO UPDATE SET amount = excluded.amount", id,
                amount.hundredThousandths());
    }

    Amount ofCompany(Tx tx) {
        return tx.one("SELECT amount FROM company_balance", row -> new Amount(row.getLong("amount"))).orElse(Amount.NOTHING);
    }

    void setCompany(Tx tx, Amount amount) {
        tx.run("INSERT INTO company_balance (only_one, amount) VALUES (1, ?) ON CONFLICT (only_one) DO UPDATE SET amount = excluded.amount",
                amount.hundredThousandths());
    }
}
