package gatehouse.redirection;

import gatehouse.redirection.Entry.State;
import gatehouse.redirection.Entry.Want;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sole reader and writer of the table {@code redirections}. */
public final class RedirectionStore {
    private static final String COLUMNS = "SELECT mac, maker, want, state, asked, told, trouble, words, tries, since, next_try, changed_at FROM redirections ";

    private final Store store;

    public RedirectionStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(row.getString("mac"), Maker.valueOf(row.getString("maker")), Want.valueOf(row.getString("want")), State.valueOf(row.getString("state")),
                row.getString("asked"), row.getBoolean("told"), Optional.ofNullable(row.getString("trouble")).map(Trouble::valueOf), row.getString("words"),
                row.getInt("tries"), instant(row, "since"), instant(row, "next_try"), instant(row, "changed_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochMilli(row.getLong(column));
    }

    List<Entry> of(Tx tx, Maker maker) {
        return tx.list(COLUMNS + "WHERE maker = ?", RedirectionStore::entry, maker);
    }

    Optional<Entry> byMac(String mac) {
        return store.read(tx -> tx.one(COLUMNS + "WHERE mac = ?", RedirectionStore::entry, mac));
    }

    List<Entry> page(int skip, int top) {
        return store.read(tx -> tx.list(COLUMNS + "ORDER BY mac LIMIT ? OFFSET ?", RedirectionStore::entry, top, skip));
    }

    int count() {
        return store.read(tx -> tx.one("SELECT count(*) AS n FROM redirections", row -> row.getInt("n")).orElse(0));
    }

    Map<State, Integer> counts(Maker maker) {
        var counts = new EnumMap<State, Integer>(State.class);
        store.read(tx -> tx.list("SELECT state, count(*) AS n FROM redirections WHERE maker = ? GROUP BY state",
                row -> counts.put(State.valueOf(row.getString("state")), row.getInt("n")), maker));
        return counts;
    }

    /** The one that waits longest. By the index {@code redirections_waiting}. */
    Optional<Entry> next(Maker maker) {
        return store.read(tx -> tx.one(COLUMNS + "WHERE maker = ? AND state = 'WAITING' ORDER BY next_try LIMIT 1", RedirectionStore::entry, maker));
    }

    void put(Tx tx, Entry entry) {
        tx.run("""
                INSERT OR REPLACE INTO redirections (mac, maker, want, state, asked, told, trouble, words, tries, since, next_try, changed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", entry.mac(), entry.maker(), entry.want(), entry.state(), entry.asked(), entry.told(),
                entry.trouble().orElse(null), entry.words(), entry.tries(), entry.since(), entry.nextTry(), entry.changedAt());
    }

    /** Only while it is still wanted as it was when the service was asked. */
    boolean settle(Tx tx, Entry before, Entry after) {
        if (!isSame(tx, before)) {
            return false;
        }
        put(tx, after);
        return true;
    }

    boolean drop(Tx tx, Entry before) {
        return isSame(tx, before) && delete(tx, before.mac());
    }

    private boolean isSame(Tx tx, Entry before) {
        return tx.one(COLUMNS + "WHERE mac = ?", RedirectionStore::entry, before.mac())
                .filter(now -> now.want() == before.want() && now.asked().equals(before.asked())).isPresent();
    }

    /** Of phones that are to be forgotten, the {@code most} latest stay. */
    void trim(Tx tx, int most) {
        tx.run("""
                DELETE FROM redirections WHERE mac IN (SELECT mac FROM redirections WHERE want = 'FORGET' ORDER BY changed_at DESC LIMIT -1 OFFSET ?)""", most);
    }

    boolean delete(Tx tx, String mac) {
        return tx.run("DELETE FROM redirections WHERE mac = ?", mac) > 0;
    }
}
