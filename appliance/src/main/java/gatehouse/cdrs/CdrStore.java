package gatehouse.cdrs;

import gatehouse.api.Json;
import gatehouse.calls.CallRecord;
import gatehouse.calls.EndReason;
import gatehouse.calls.RerouteReason;
import gatehouse.changes.ChangeType;
import gatehouse.changes.Changes;
import gatehouse.changes.Feed;
import gatehouse.listing.EitherListing;
import gatehouse.listing.Field;
import gatehouse.listing.LargeListing;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Page;
import gatehouse.listing.Texts;
import gatehouse.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Sole reader and writer of the table {@code cdrs}. */
public final class CdrStore {
    private static final Texts PARTIES = new Texts("cdr_parties", List.of("number", "name"), "cdr_party_texts",
            List.of("caller_party", "callee_party", "destination_party"));
    /** Leans on an index for each field in the order of time, and on cdr_parties. */
    static final LargeListing LISTING = LargeListing.of("cdrs", "started_at", "n", PARTIES, fields(
            number("caller", "caller"), name("caller_display_name", "caller"), number("callee", "callee"), name("callee_display_name", "callee"),
            Field.searchedText("destination", "destination").keptIn("coalesce(destination_party, callee_party)", "number", "destination_records")))
            .counting(RunStore::count);
    /** Leans on cdrs_by_caller and cdrs_by_callee, which have all fields but the ids, in the order of time; the plus keeps from other indexes. */
    static final EitherListing OWN = EitherListing.of("cdrs", "started_at", "n", "caller", "callee", LISTING.all().stream().map(CdrStore::own)
            .toArray(Field[]::new));
    static final String COLUMNS = """
            id, session_id, call_id, caller, caller_display_name, callee, callee_display_name, destination, started_at, rang_at, answered_at, ended_at,
            end_reason, status_code, reroute_reason, user_data""";
    private static final String SELECT = "SELECT " + COLUMNS + " FROM cdrs";

    private static Field[] fields(Field... parties) {
        return Stream.concat(Stream.of(parties), Stream.of(text("id"), Field.time("started_at", "started_at"), time("rang_at"), time("answered_at"),
                time("ended_at"), text("call_id"), text("direction").ofFewTexts(), text("end_reason").ofFewTexts(),
                text("reroute_reason").ofFewTexts(), text("user_data"),
                Field.number("status_code", "status_code"), Field.number("duration", "duration"))).toArray(Field[]::new);
    }

    private static Field number(String name, String party) {
        return Field.searchedText(name, name).sortedBy(name).indexedAndKeptIn(party + "_party", "number", party + "_records");
    }

    private static Field name(String name, String party) {
        return Field.searchedText(name, name).keptIn(party + "_party", "name", party + "_records");
    }

    /** Words of the contract and ids: one index serves filter and order. */
    private static Field text(String name) {
        return Field.text(name, name).sortedBy(name);
    }

    private static Field own(Field field) {
        return Set.of("id", "call_id", "started_at").contains(field.name()) ? field : field.in("+" + field.name());
    }

    private static Field time(String name) {
        return Field.time(name, name).notBefore("started_at");
    }

    private final Store store;
    private final Changes changes;

    public CdrStore(Store store, Changes changes) {
        this.store = store;
        this.changes = changes;
    }

    /** Where the calls of one extension are noted. */
    static Feed feed(String number) {
        return new Feed("cdrs", number);
    }

    /** @param extensions which of its parties are of this box, and follow their own calls */
    void insert(Cdr cdr, Collection<String> extensions) {
        store.write(tx -> {
            insert(tx, cdr);
            extensions.forEach(number -> changes.record(tx, feed(number), cdr.id(), ChangeType.CREATED));
            RunStore.advance(tx);
            return null;
        });
    }

    private static void insert(Store.Tx tx, Cdr cdr) {
        var call = cdr.call();
        tx.run("""
                INSERT INTO cdrs (id, session_id, call_id, caller, caller_display_name, callee, callee_display_name, destination, started_at, rang_at,
                                  answered_at, ended_at, direction, end_reason, status_code, reroute_reason, user_data)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", cdr.id(), cdr.sessionId().orElse(null), call.callId(), call.caller(), call.callerDisplayName(), call.callee(),
                call.calleeDisplayName(), call.destination(), call.startedAt(), call.rangAt().orElse(null), call.answeredAt().orElse(null),
                call.endedAt(), Cdr.DIRECTION, call.endReason().orElse(null), call.statusCode(),
                call.rerouteReason().orElse(null), call.userData().orElse(null));
    }

    /** Counts the runs of some of the records that came without: those from before the counts were kept. @return whether there may be more */
    public boolean countRuns() {
        return store.write(RunStore::advance);
    }

    /** Newest first. */
    Page<Cdr> page(ListQuery query) {
        return store.read(tx -> LISTING.page(tx, query, COLUMNS, CdrStore::row));
    }

    /** One extension's calls, newest first; leans on cdrs_by_caller and cdrs_by_callee. */
    Page<Cdr> pageOf(String number, ListQuery query) {
        return store.read(tx -> OWN.page(tx, query, COLUMNS, CdrStore::row, number));
    }

    /** How many calls began in each hour since {@code first}, by the hour's start; leans on cdrs_by_time. */
    public Map<Instant, Integer> callsByHour(Instant first) {
        record Hour(Instant start, int calls) { }
        return store.read(tx -> tx.list("""
                SELECT started_at / 3600000 AS hour, count(DISTINCT call_id) AS n FROM cdrs WHERE started_at >= ? GROUP BY hour""",
                row -> new Hour(Instant.ofEpochSecond(row.getLong("hour") * 3600), row.getInt("n")), first)).stream()
                .collect(Collectors.toMap(Hour::start, Hour::calls));
    }

    Optional<Cdr> byId(String id) {
        return store.read(tx -> tx.one(SELECT + " WHERE id = ?", CdrStore::row, id));
    }

    /** All records of the call that {@code cdr} is of, in order; leans on cdrs_by_session. */
    List<Cdr> legs(Cdr cdr) {
        return cdr.sessionId().map(session -> store.read(tx -> tx.list(SELECT + " WHERE session_id = ? ORDER BY started_at, rowid LIMIT 100", CdrStore::row,
                session))).orElse(List.of(cdr));
    }

    /** Those of {@code ids} that there are. */
    List<Cdr> byIds(Store.Tx tx, Collection<String> ids) {
        var wanted = Json.object().putArray("ids");
        ids.forEach(wanted::add);
        return tx.list(SELECT + " WHERE id IN (SELECT value FROM json_each(?))", CdrStore::row, wanted.toString());
    }

    static Cdr row(ResultSet row) throws SQLException {
        return new Cdr(row.getString("id"), Optional.ofNullable(row.getString("session_id")), new CallRecord(row.getString("call_id"), row.getString("caller"), row.getString("caller_display_name"),
                row.getString("callee"), row.getString("callee_display_name"), row.getString("destination"), time(row, "started_at").orElseThrow(),
                time(row, "rang_at"), time(row, "answered_at"), time(row, "ended_at").orElseThrow(), row.getInt("status_code"),
                Optional.ofNullable(row.getString("end_reason")).map(EndReason::valueOf),
                Optional.ofNullable(row.getString("reroute_reason")).map(RerouteReason::valueOf), Optional.ofNullable(row.getString("user_data"))));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        var millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
