package gatehouse.cdrs;

import gatehouse.calls.CallRecord;
import gatehouse.cdrs.CallCriteria.Party;
import gatehouse.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Reads call records for reports, in parts, oldest first. Thread-safe. */
public final class CallSearchStore {
    private static final String TALKED = "coalesce((ended_at - answered_at) / 1000, 0)";
    private static final String RANG = "(coalesce(answered_at, ended_at) - coalesce(rang_at, started_at)) / 1000";

    private final Store store;

    public CallSearchStore(Store store) {
        this.store = store;
    }

    /** Where the next part begins. */
    public record Place(long startedAt, long row) {
        public static final Place FIRST = new Place(Long.MIN_VALUE, 0);
    }

    /** @param direction the contract's word */
    public record Found(Place place, CallRecord call, String direction) { }

    private record Condition(String sql, List<Object> arguments) { }

    /** How many match, counting no further than {@code most}. */
    public long count(CallCriteria criteria, long most) {
        var condition = condition(criteria);
        var arguments = new ArrayList<>(condition.arguments);
        arguments.add(most);
        return store.read(tx -> tx.one("SELECT count(*) AS n FROM (SELECT 1 FROM cdrs WHERE " + condition.sql + " LIMIT ?)", row -> row.getLong("n"),
                arguments.toArray()).orElseThrow());
    }

    /** Those after {@code place}; leans on cdrs_by_time. */
    public List<Found> after(CallCriteria criteria, Place place, int most) {
        var condition = condition(criteria);
        var arguments = new ArrayList<>(condition.arguments);
        arguments.addAll(List.of(place.startedAt, place.row, most));
        return store.read(tx -> tx.list("SELECT rowid AS place, direction, " + CdrStore.COLUMNS + " FROM cdrs WHERE " + condition.sql
                + " AND (started_at, rowid) > (?, ?) ORDER BY started_at, rowid LIMIT ?",
                row -> new Found(new Place(row.getLong("started_at"), row.getLong("place")), CdrStore.row(row).call(), row.getString("direction")),
                arguments.toArray()));
    }

    private static Condition condition(CallCriteria criteria) {
        var sql = new ArrayList<String>(List.of("started_at >= ?", "started_at < ?"));
        var arguments = new ArrayList<Object>(List.<Instant>of(criteria.from(), criteria.to()));
        party("caller", "OUTBOUND_CALL", criteria.caller(), sql, arguments);
        party("callee", "INBOUND_CALL", criteria.callee(), sql, arguments);
        switch (criteria.state()) {
            case ANY -> { }
            case ANSWERED -> sql.add("answered_at IS NOT NULL");
            case NOT_ANSWERED -> sql.add("answered_at IS NULL");
        }
        switch (criteria.duration()) {
            case ANY -> { }
            case RING_DURATION -> within(RANG, criteria, sql, arguments);
            case TALK_DURATION -> within(TALKED, criteria, sql, arguments);
        }
        return new Condition(String.join(" AND ", sql), arguments);
    }

    private static void within(String seconds, CallCriteria criteria, List<String> sql, List<Object> arguments) {
        criteria.least().ifPresent(least -> add(seconds + " >= ?", least, sql, arguments));
        criteria.most().ifPresent(most -> add(seconds + " <= ?", most, sql, arguments));
    }

    private static void add(String condition, Object argument, List<String> sql, List<Object> arguments) {
        sql.add(condition);
        arguments.add(argument);
    }

    /** @param ours in which direction, besides calls between extensions, this party is one */
    private static void party(String column, String ours, Party party, List<String> sql, List<Object> arguments) {
        var value = party.value().strip();
        switch (party.which()) {
            case ANY -> { }
            case NUMBER -> add(column + " = ?", value, sql, arguments);
            case NUMBERS_START_WITH -> {
                sql.add("substr(" + column + ", 1, length(?)) = ?");
                arguments.addAll(List.of(value, value));
            }
            case NUMBERS_CONTAIN -> add("instr(" + column + ", ?) > 0", value, sql, arguments);
            case INTERNAL_EXTENSIONS -> add("direction IN ('EXTENSION_CALL', ?)", ours, sql, arguments);
            case EXTERNAL_NUMBERS -> add("direction NOT IN ('EXTENSION_CALL', ?)", ours, sql, arguments);
            case EXTENSION_OR_EXTENSION_RANGE -> extensions(column, value, sql, arguments);
        }
    }

    /** Numbers may be longer than any integer: the shorter is the smaller, and of one length they compare as texts. */
    private static void extensions(String column, String value, List<String> sql, List<Object> arguments) {
        var ranges = List.of(value.split("\\s*,\\s*"));
        sql.add(ranges.stream().map(_ -> "(" + column + " NOT GLOB '*[^0-9]*' AND (length(" + column + "), " + column + ") BETWEEN (length(?), ?) AND (length(?), ?))")
                .collect(Collectors.joining(" OR ", "(", ")")));
        for (var range : ranges) {
            var first = range.split("-")[0];
            var last = range.contains("-") ? range.split("-")[1] : first;
            arguments.addAll(List.of(first, first, last, last));
        }
    }
}
