package gatehouse.cdrs;

import gatehouse.api.Json;
import gatehouse.listing.Runs;
import gatehouse.listing.WordCounts.Counted;
import gatehouse.store.Store;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Keeps count of the records in which a few letters stand together: half of a million may have an "a", and counting them takes a third of a
 * second. Sole writer of {@code cdr_runs}; it follows the records at some distance, and knows how far it came.
 */
final class RunStore {
    static final int AT_ONCE = 500; // records: some 10 ms of the one writer; as many are looked at one by one meanwhile
    private static final List<String> SEARCHED = List.of("caller", "caller_display_name", "callee", "callee_display_name", "destination");

    private record Read(long n, List<String> texts) { }

    private RunStore() {
    }

    /** Empty for longer words. */
    static Optional<Counted> count(Store.Tx tx, String word) {
        if (!Runs.isOne(word)) {
            return Optional.empty();
        }
        var rows = tx.one("SELECT records FROM cdr_runs WHERE run = ?", row -> row.getLong("records"), Runs.of(word)).orElse(0L);
        return Optional.of(new Counted(rows, end(tx)));
    }

    private static long end(Store.Tx tx) {
        return tx.one("SELECT n FROM cdr_runs_end", row -> row.getLong("n")).orElseThrow();
    }

    /** Counts the next records when enough have come. @return whether it did, and there may be more */
    static boolean advance(Store.Tx tx) {
        var next = tx.list("SELECT n, caller, caller_display_name, callee, callee_display_name, destination FROM cdrs WHERE n > ? ORDER BY n LIMIT ?",
                row -> {
                    var texts = new String[SEARCHED.size()];
                    for (int i = 0; i < texts.length; i++) {
                        texts[i] = row.getString(SEARCHED.get(i));
                    }
                    return new Read(row.getLong("n"), List.of(texts));
                }, end(tx), AT_ONCE);
        if (next.size() < AT_ONCE) {
            return false;
        }
        var counts = new TreeMap<String, Integer>();
        next.forEach(read -> Runs.in(read.texts).forEach(run -> counts.merge(run, 1, Integer::sum)));
        add(tx, counts);
        tx.run("UPDATE cdr_runs_end SET n = ?", next.getLast().n);
        return true;
    }

    private static void add(Store.Tx tx, Map<String, Integer> counts) {
        var json = Json.object();
        counts.forEach(json::put);
        tx.run("INSERT INTO cdr_runs (run, records) SELECT key, value FROM json_each(?) WHERE true ON CONFLICT (run) DO UPDATE SET records = records "
                + "+ excluded.records", json.toString());
    }
}
