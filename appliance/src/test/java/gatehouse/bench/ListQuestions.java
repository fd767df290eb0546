package gatehouse.bench;

import com.sun.management.OperatingSystemMXBean;
import gatehouse.testkit.ApiClient;
import java.lang.management.ManagementFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Pages of 50 from the lists of a full box over HTTPS, each with its count, beside one record by its id over the same connection.
 * Times are as a client sees them: TLS, checks, SQL, JSON. Work is processor time of box and client together, the mean of all runs: it tells
 * more than the clock where others use the machine too.
 */
final class ListQuestions {
    private static final int RUNS = Integer.getInteger("bench.runs", 21);
    private static final int TARGET_MILLIS = 50;
    private static final OperatingSystemMXBean PROCESS = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    /** A field of the call records. @param text whether it may be asked for a part; @param few,many literals that few and many have or lie beyond */
    private record Field(String name, boolean text, String few, String many, String part) {
        /** Of ids, which tell nothing, only what somebody would ask: for one, for its beginning, for any. */
        List<String> filters() {
            var filters = new ArrayList<String>();
            if (name.equals("id") || name.equals("call_id")) {
                return List.of(name + " eq " + few, name + " eq 'none'", "startswith(" + name + "," + few + ")", name + " eq null", name + " ne null");
            }
            for (var value : List.of(few, many)) {
                for (var operator : List.of("eq", "ne", "gt", "le")) {
                    filters.add(name + " " + operator + " " + value);
                }
            }
            filters.add(name + " eq null");
            filters.add(name + " ne null");
            if (text) {
                for (var function : List.of("startswith", "endswith", "contains")) {
                    filters.add(function + "(" + name + "," + few + ")");
                    filters.add(function + "(" + name + "," + part + ")");
                }
                filters.add("not contains(" + name + "," + part + ")");
            }
            return filters;
        }
    }

    private static final List<Field> CALLS = List.of(new Field("id", true, "'record4711'", "'record5'", "'11'"),
            new Field("caller", true, "'12345'", "'0300'", "'30'"), new Field("caller_display_name", true, "'Anna Müller'", "''", "'a'"),
            new Field("callee", true, "'12345'", "'0300'", "'30'"), new Field("callee_display_name", true, "'Anna Müller'", "''", "'a'"),
            new Field("destination", true, "'12345'", "'0300'", "'30'"), time("started_at"), time("rang_at"), time("answered_at"), time("ended_at"),
            new Field("call_id", true, "'a1b2'", "'8'", "'f@'"), new Field("direction", true, "'INBOUND_CALL'", "'EXTENSION_CALL'", "'CALL'"),
            new Field("end_reason", true, "'CANCELLED'", "'CALLER_DISCONNECTED'", "'ED'"), new Field("reroute_reason", true, "'TRANSFER'", "'FORWARD'", "'F'"),
            new Field("user_data", true, "'order 4700'", "'order 5'", "'47'"), new Field("status_code", false, "486", "200", ""),
            new Field("duration", false, "298", "0", ""));

    private static Field time(String name) {
        return new Field(name, false, "2026-06-30T12:00:00Z", "2025-06-30T12:00:00Z", "");
    }

    private final ApiClient admin;
    private final ApiClient busiest;
    private final List<String> over = new ArrayList<>();
    private double reference = Double.NaN;

    /** @param busiest one of whom many of the call records are */
    ListQuestions(ApiClient admin, ApiClient busiest) {
        this.admin = admin;
        this.busiest = busiest;
    }

    void ask() {
        reference = measure("reference: one record by its id", admin, "/cdrs", "filter", "id eq 'record4711'");
        users();
        calls();
        for (var field : CALLS) {
            worst("calls, all: " + field.name, admin, "/cdrs", field);
            worst("calls, own: " + field.name, busiest, "/user/cdrs", field);
        }
        measure("reference, once more", admin, "/cdrs", "filter", "id eq 'record4711'");
        System.out.println(over.isEmpty() ? "Nothing is over " + TARGET_MILLIS + " ms." : over.size() + " are over " + TARGET_MILLIS + " ms:");
        over.forEach(one -> System.out.println("  " + one));
    }

    private void users() {
        measure("users: first page", admin, "/users");
        measure("users: name contains, and enabled", admin, "/users", "filter", "contains(name,'12') and enabled eq true");
        measure("users: of a department, by display name", admin, "/users", "filter", "department eq 'Sales'", "orderby", "display_name desc");
        measure("users: search, ASCII", admin, "/users", "search", "smith");
        measure("users: search, two words, not ASCII", admin, "/users", "search", "MÜLLER götz");
    }

    private void calls() {
        measure("calls: first page", admin, "/cdrs");
        measure("calls: page 10,000", admin, "/cdrs", "skip", "500000");
        measure("calls: of a caller in a time", admin, "/cdrs", "filter",
                "caller eq '12345' and started_at ge 2025-01-01T00:00:00Z and started_at lt 2026-01-01T00:00:00Z");
        measure("calls: of a month", admin, "/cdrs", "filter", "started_at ge 2026-03-01T00:00:00Z and started_at lt 2026-04-01T00:00:00Z");
        measure("calls: number contains", admin, "/cdrs", "filter", "contains(callee,'301017') or contains(caller,'301017')");
        measure("calls: number starts with", admin, "/cdrs", "filter", "startswith(callee,'0302')");
        for (var word : List.of("0301017", "0301", "müller", "mü", "ül", "qx", "a", "0", "z")) {
            measure("calls: search " + word, admin, "/cdrs", "search", word);
            measure("own calls: search " + word, busiest, "/user/cdrs", "search", word);
        }
        measure("calls: search müller, in a month", admin, "/cdrs", "search", "müller", "filter",
                "started_at ge 2026-03-01T00:00:00Z and started_at lt 2026-04-01T00:00:00Z");
        measure("calls: search ül, in a month", admin, "/cdrs", "search", "ül", "filter",
                "started_at ge 2026-03-01T00:00:00Z and started_at lt 2026-04-01T00:00:00Z");
        measure("calls: sorted by caller", admin, "/cdrs", "orderby", "caller");
        measure("calls: sorted by callee's name", admin, "/cdrs", "orderby", "callee_display_name desc");
        measure("calls: sorted by duration", admin, "/cdrs", "orderby", "duration desc");
        measure("own calls: one in 25 of all", busiest, "/user/cdrs");
        measure("own calls: sorted by the caller's name", busiest, "/user/cdrs", "orderby", "caller_display_name");
    }

    /** The slowest of all filters by one field. */
    private void worst(String what, ApiClient client, String path, Field field) {
        record Asked(String filter, double median, long count) { }
        var asked = field.filters().stream().map(filter -> {
            var run = run(client, path, 7, "filter", filter);
            return new Asked(filter, run.median, run.count);
        }).toList();
        asked.stream().filter(one -> one.median >= TARGET_MILLIS).forEach(one -> over.add(String.format(Locale.ROOT, "%-80s %7.1f ms, %,d match",
                path + " " + one.filter, one.median, one.count)));
        var slowest = asked.stream().max(java.util.Comparator.comparingDouble(Asked::median)).orElseThrow();
        System.out.printf(Locale.ROOT, "%-32s %2d filters, slowest %7.1f ms median %6.1f x reference (%s, %,d match)%n", what, asked.size(), slowest.median,
                slowest.median / reference, slowest.filter, slowest.count);
    }

    private record Run(long count, double median, double worst, double work) { }

    private Run run(ApiClient client, String path, int runs, String... options) {
        var query = new StringBuilder(path).append("?top=50");
        for (int i = 0; i < options.length; i += 2) {
            query.append('&').append(options[i]).append('=').append(URLEncoder.encode(options[i + 1], StandardCharsets.UTF_8));
        }
        var millis = new double[runs];
        var count = 0L;
        var work = PROCESS.getProcessCpuTime();
        for (int run = 0; run < runs; run++) {
            var started = System.nanoTime();
            count = client.get(query.toString()).expect(200).get("count").asLong();
            millis[run] = (System.nanoTime() - started) / 1e6;
        }
        work = PROCESS.getProcessCpuTime() - work;
        Arrays.sort(millis);
        return new Run(count, millis[runs / 2], millis[runs - 1], work / 1e6 / runs);
    }

    private double measure(String what, ApiClient client, String path, String... options) {
        var run = run(client, path, RUNS, options);
        var slow = run.median >= TARGET_MILLIS;
        System.out.printf(Locale.ROOT, "%-42s %,9d match %7.1f ms median %7.1f ms worst %7.1f ms of work %6.1f x reference %s%n", what, run.count, run.median,
                run.worst, run.work, run.median / (Double.isNaN(reference) ? run.median : reference), slow ? "OVER " + TARGET_MILLIS + " ms" : "");
        if (slow) {
            over.add(String.format(Locale.ROOT, "%-80s %7.1f ms, %,d match", what, run.median, run.count));
        }
        return run.median;
    }
}
