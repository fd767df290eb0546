package gatehouse.bench;

import gatehouse.cdrs.CdrStore;
import gatehouse.changes.ChangeStore;
import gatehouse.changes.Changes;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import gatehouse.testkit.Box;
import gatehouse.testkit.ManualTimers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** A box that is full, and {@link ListQuestions} to it. */
final class ListsBench {
    private static final int USERS = 10_000;
    private static final int RECORDS = Integer.getInteger("bench.records", 1_000_000);
    private static final String KEPT = System.getProperty("bench.file"); // filled once, for several runs
    private static final int CHUNK = 50_000;
    private static final int BUSIEST = 25; // one record of as many is the busiest user's
    private static final int SINGLE = 500; // records written one by one
    private static final Instant NEWEST = Instant.parse("2026-06-30T18:00:00Z");
    private static final String[] FIRST = {"Anna", "Bert", "Çelik", "Dörte", "Emil", "Farah", "Götz", "Hanna", "Igor", "Jana", "Kurt", "Lena",
            "Milan", "Nora"};
    private static final String[] LAST = {"Smith", "Müller", "Nowak", "Rossi", "Dubois", "Jansen", "Novák", "Kovács", "Ivanova", "Yilmaz", "Silva",
            "García"};
    private static final String[] DEPARTMENTS = {"Sales", "Support", "Warehouse", "Accounts"};

    private record Made(String sql, String type, String name) { }

    private record Statistic(String idx, String stat) { }

    private ListsBench() {
    }

    static void run() throws Exception {
        try (var box = Box.start()) {
            box.user("99999");
            var file = box.config().data().resolve("gatehouse.db");
            var started = System.nanoTime();
            box.restart(() -> fillOrCopy(file));
            System.out.printf("%,d users and %,d call records, %,d MB, written in %d s%n", USERS, RECORDS, Files.size(file) >> 20,
                    Duration.ofNanos(System.nanoTime() - started).toSeconds());
            new ListQuestions(box.admin(), box.stranger().signedIn("user99999", "password-99999")).ask();
        }
    }

    private static void fillOrCopy(Path file) {
        try {
            if (KEPT != null && Files.exists(Path.of(KEPT))) {
                Files.copy(Path.of(KEPT), file, StandardCopyOption.REPLACE_EXISTING);
                try (var store = new SqliteStore(file)) {
                    countRuns(store);
                }
                return;
            }
            fill(file);
            if (KEPT != null) {
                Files.copy(file, Path.of(KEPT));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void fill(Path file) {
        try (var store = new SqliteStore(file)) {
            users(store);
            // Statistics go with their indexes.
            var statistics = store.read(tx -> tx.list("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = 'cdrs'",
                    row -> new Statistic(row.getString("idx"), row.getString("stat"))));
            // Row by row, the index of texts costs a millisecond for each new party, and each other its share; all at once, a second.
            var later = store.read(tx -> tx.list("SELECT sql, type, name FROM sqlite_schema WHERE sql IS NOT NULL AND (tbl_name = 'cdrs' AND type = 'index' "
                    + "OR name = 'cdr_parties_inserted')", row -> new Made(row.getString("sql"), row.getString("type"), row.getString("name"))));
            later.forEach(made -> store.write(tx -> tx.run("DROP " + made.type + " " + made.name)));
            records(store);
            store.write(tx -> tx.run("INSERT INTO cdr_party_texts (cdr_party_texts) VALUES ('rebuild')"));
            later.forEach(made -> store.write(tx -> tx.run(made.sql)));
            store.write(tx -> tx.run("DELETE FROM sqlite_stat1 WHERE tbl = 'cdrs'"));
            store.write(tx -> statistics.stream().mapToInt(one -> tx.run("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES ('cdrs', ?, ?)", one.idx, one.stat)).sum());
            countRuns(store);
            System.out.printf(Locale.ROOT, "one more record, with its commit: %.2f ms median%n", writing(store, RECORDS));
        }
    }

    private static void countRuns(Store store) {
        var cdrs = new CdrStore(store, new Changes(new ChangeStore(store), new ManualTimers(), Clock.systemUTC()));
        var started = System.nanoTime();
        while (cdrs.countRuns()) { }
        System.out.printf(Locale.ROOT, "counting the letters of a record, once: %.3f ms%n", (System.nanoTime() - started) / 1e6 / RECORDS);
    }

    private static double writing(Store store, int from) {
        var random = new Random(2);
        var millis = new double[SINGLE];
        for (int i = 0; i < SINGLE; i++) {
            var number = from + i;
            var started = System.nanoTime();
            store.write(tx -> record(tx, random, number));
            millis[i] = (System.nanoTime() - started) / 1e6;
        }
        Arrays.sort(millis);
        return millis[SINGLE / 2];
    }

    private static String name(int user) {
        return FIRST[user % FIRST.length] + " " + LAST[user / FIRST.length % LAST.length];
    }

    private static void users(Store store) {
        store.write(tx -> {
            for (int i = 0; i < USERS; i++) {
                tx.run("""
                        INSERT INTO users (id, name, name_key, role, enabled, display_name, email, extension_number, password_hash, settings,
                        created_at)
                        VALUES (?, ?, ?, 'StandardUser', ?, ?, ?, ?, '', ?, ?)""", "bench" + i, "person" + i, "person" + i, i % 10 != 0, name(i),
                        "person" + i + "@box.test", "" + (10_000 + i), "{\"department\":\"" + DEPARTMENTS[i % DEPARTMENTS.length]
                        + "\",\"mobile_phone\":\"0171" + (1_000_000 + 7 * i) + "\",\"enable_dnd\":false,\"language\":\"ENGLISH\"}", NEWEST);
            }
            return null;
        });
    }

    private static void records(Store store) {
        var random = new Random(1);
        for (int done = 0; done < RECORDS; done += CHUNK) {
            var from = done;
            store.write(tx -> {
                for (int i = from; i < Math.min(RECORDS, from + CHUNK); i++) {
                    record(tx, random, i);
                }
                return null;
            });
        }
    }

    /** Four in ten are with one of some 400,000 numbers outside; seven in ten were answered. */
    private static int record(Store.Tx tx, Random random, int i) {
        var user = random.nextInt(USERS);
        var outside = random.nextInt(10) < 4;
        var incoming = outside && random.nextBoolean();
        var other = random.nextInt(USERS);
        var otherNumber = outside ? "030" + (1_000_000 + (int) (Math.pow(random.nextDouble(), 3) * 400_000) * 17) : "" + (10_000 + other);
        var ownNumber = i % BUSIEST == 0 ? "99999" : "" + (10_000 + user);
        var otherName = outside ? "" : name(other);
        var start = NEWEST.minusSeconds(60L * (RECORDS - i)).plusMillis(random.nextInt(60_000));
        var answered = random.nextInt(10) < 7;
        return tx.run("""
                INSERT INTO cdrs (id, call_id, caller, caller_display_name, callee, callee_display_name, destination, started_at, rang_at,
                answered_at,
                                  ended_at, direction, end_reason, status_code, reroute_reason, user_data)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'EXTENSION_CALL', ?, ?, ?, ?)""", "record" + i, Long.toHexString(random.nextLong()) + "@192.0.2.1",
                incoming ? otherNumber : ownNumber, incoming ? otherName : name(user), incoming ? ownNumber : otherNumber,
                incoming ? name(user) : otherName,
                incoming ? ownNumber : otherNumber, start, start.plusMillis(400), answered ? start.plusSeconds(6) : null,
                start.plusSeconds(6 + random.nextInt(300)),
                answered ? random.nextBoolean() ? "CALLER_DISCONNECTED" : "CALLEE_DISCONNECTED" : random.nextInt(3) == 0 ? null : "CANCELLED",
                answered ? 200 : random.nextBoolean() ? 486 : 487, i % 50 == 0 ? "TRANSFER" : null, i % 100 == 0 ? "order " + i : null);
    }
}
