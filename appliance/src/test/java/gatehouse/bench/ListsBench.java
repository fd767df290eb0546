package gatehouse.bench;

import com.sun.management.OperatingSystemMXBean;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * A box that is full: pages of 50 from its lists over HTTPS, each with its count, beside one record by its id over the same connection.
 * Times are as a client sees them: TLS, checks, SQL, JSON. Work is processor time of box and client together, the mean of all runs: it tells
 * more than the clock where others use the machine too.
 */
final class ListsBench {
    private static final int USERS = 10_000;
    private static final int RECORDS = Integer.getInteger("bench.records", 1_000_000);
    private static final int CHUNK = 50_000;
    private static final int BUSIEST = 25; // one record of as many is the busiest user's
    private static final int SINGLE = 500; // records written one by one
    private static final int RUNS = 21;
    private static final int TARGET_MILLIS = 50;
    private static final Instant NEWEST = Instant.parse("2026-06-30T18:00:00Z");
    private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final String[] FIRST = {"Anna", "Bert", "Çelik", "Dörte", "Emil", "Farah", "Götz", "Hanna", "Igor", "Jana", "Kurt", "Lena",
            "Milan", "Nora"};
    private static final String[] LAST = {"Smith", "Müller", "Nowak", "Rossi", "Dubois", "Jansen", "Novák", "Kovács", "Ivanova", "Yilmaz", "Silva",
            "García"};
    private static final String[] DEPARTMENTS = {"Sales", "Support", "Warehouse", "Accounts"};

    private final ApiClient admin;
    private final ApiClient busiest;
    private double reference = Double.NaN;

    private ListsBench(ApiClient admin, ApiClient busiest) {
        this.admin = admin;
        this.busiest = busiest;
    }

    static void run() throws Exception {
        try (var box = Box.start()) {
            box.user("99999");
            var file = box.config().data().resolve("gatehouse.db");
            var started = System.nanoTime();
            box.restart(() -> fill(file));
            System.out.printf("%,d users and %,d call records, %,d MB, written in %d s%n", USERS, RECORDS, Files.size(file) >> 20,
                    Duration.ofNanos(System.nanoTime() - started).toSeconds());
            new ListsBench(box.admin(), box.stranger().signedIn("user99999", "password-99999")).report();
        }
    }

    private static void fill(Path file) {
        try (var store = new SqliteStore(file)) {
            users(store);
            // Row by row, the index of texts costs a millisecond for each new party; all at once, a second.
            var trigger = store.read(tx -> tx.one("SELECT sql FROM sqlite_schema WHERE name = 'cdr_parties_inserted'", row -> row.getString("sql")));
            store.write(tx -> tx.run("DROP TRIGGER cdr_parties_inserted"));
            records(store);
            store.write(tx -> tx.run("INSERT INTO cdr_party_texts (cdr_party_texts) VALUES ('rebuild')") + tx.run(trigger.orElseThrow()));
            System.out.printf(Locale.ROOT, "one more record, with its commit: %.2f ms median%n", writing(store, RECORDS));
        }
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
                                  ended_at, direction, end_reason, status_code)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'EXTENSION_CALL', ?, ?)""", "record" + i, Long.toHexString(random.nextLong()) + "@192.0.2.1",
                incoming ? otherNumber : ownNumber, incoming ? otherName : name(user), incoming ? ownNumber : otherNumber,
                incoming ? name(user) : otherName,
                incoming ? ownNumber : otherNumber, start, start.plusMillis(400), answered ? start.plusSeconds(6) : null,
                start.plusSeconds(6 + random.nextInt(300)),
                answered ? random.nextBoolean() ? "CALLER_DISCONNECTED" : "CALLEE_DISCONNECTED" : random.nextInt(3) == 0 ? null : "CANCELLED",
                answered ? 200 : random.nextBoolean() ? 486 : 487);
    }

    private void report() {
        reference = measure("reference: one record by its id", admin, "/cdrs", "filter", "id eq 'record4711'");
        measure("users: first page", admin, "/users");
        measure("users: name contains, and enabled", admin, "/users", "filter", "contains(name,'12') and enabled eq true");
        measure("users: of a department, by display name", admin, "/users", "filter", "department eq 'Sales'", "orderby", "display_name desc");
        measure("users: search, ASCII", admin, "/users", "search", "smith");
        measure("users: search, two words, not ASCII", admin, "/users", "search", "MÜLLER götz");
        measure("calls: first page", admin, "/cdrs");
        measure("calls: page 10,000", admin, "/cdrs", "skip", "500000");
        measure("calls: of a caller in a time", admin, "/cdrs", "filter",
                "caller eq '12345' and started_at ge 2025-01-01T00:00:00Z and started_at lt 2026-01-01T00:00:00Z");
        measure("calls: of a month", admin, "/cdrs", "filter", "started_at ge 2026-03-01T00:00:00Z and started_at lt 2026-04-01T00:00:00Z");
        measure("calls: by end reason, a third of all", admin, "/cdrs", "filter", "end_reason eq 'CALLER_DISCONNECTED'");
        measure("calls: by status, busy", admin, "/cdrs", "filter", "status_code eq 486", "orderby", "started_at");
        measure("calls: number contains", admin, "/cdrs", "filter", "contains(callee,'301017') or contains(caller,'301017')");
        measure("calls: number starts with", admin, "/cdrs", "filter", "startswith(callee,'0302')");
        measure("calls: search, a number", admin, "/cdrs", "search", "0301017");
        measure("calls: search, a common name", admin, "/cdrs", "search", "müller");
        measure("calls: search, in a month", admin, "/cdrs", "search", "müller", "filter",
                "started_at ge 2026-03-01T00:00:00Z and started_at lt 2026-04-01T00:00:00Z");
        measure("calls: sorted by caller", admin, "/cdrs", "orderby", "caller");
        measure("own calls: one in 25 of all", busiest, "/user/cdrs");
        measure("own calls: cancelled ones", busiest, "/user/cdrs", "filter", "end_reason eq 'CANCELLED'");
        measure("own calls: search", busiest, "/user/cdrs", "search", "smith");
        System.out.println("No index can serve these; they read every record:");
        measure("calls: search, two letters", admin, "/cdrs", "search", "ül");
        measure("calls: longer than five minutes", admin, "/cdrs", "filter", "duration gt 299");
    }

    private double measure(String what, ApiClient client, String path, String... options) {
        var query = new StringBuilder(path).append("?top=50");
        for (int i = 0; i < options.length; i += 2) {
            query.append('&').append(options[i]).append('=').append(URLEncoder.encode(options[i + 1], StandardCharsets.UTF_8));
        }
        var millis = new double[RUNS];
        var count = 0L;
        var work = PROCESS.getProcessCpuTime();
        for (int run = 0; run < RUNS; run++) {
            var started = System.nanoTime();
            count = client.get(query.toString()).expect(200).get("count").asLong();
            millis[run] = (System.nanoTime() - started) / 1e6;
        }
        work = PROCESS.getProcessCpuTime() - work;
        Arrays.sort(millis);
        var median = millis[RUNS / 2];
        System.out.printf(Locale.ROOT, "%-42s %,9d match %7.1f ms median %7.1f ms worst %7.1f ms of work %6.1f x reference %s%n", what, count, median,
                millis[RUNS - 1], work / 1e6 / RUNS, median / (Double.isNaN(reference) ? median : reference),
                median < TARGET_MILLIS ? "" : "OVER " + TARGET_MILLIS + " ms");
        return median;
    }
}
