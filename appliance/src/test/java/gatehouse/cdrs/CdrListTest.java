package gatehouse.cdrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.calls.CallRecord;
import gatehouse.calls.EndReason;
import gatehouse.changes.ChangeStore;
import gatehouse.changes.Changes;
import gatehouse.listing.Page;
import gatehouse.store.SqliteStore;
import gatehouse.store.StoreException;
import gatehouse.testkit.ExplainedStore;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.Options;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of call records stays fast when there are a million: SQLite's plans are the same for a few, because the statistics are ours. */
class CdrListTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final int MANY = 21_000; // more than are looked up one by one

    private ExplainedStore store;
    private CdrStore cdrs;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = new ExplainedStore(new SqliteStore(folder.resolve("box.db")));
        cdrs = new CdrStore(store, new Changes(new ChangeStore(store), new ManualTimers(), Clock.systemUTC()));
        call(1, "101", "Anna Müller", "102", "Bert Smith", EndReason.CALLER_DISCONNECTED, 200);
        call(2, "102", "Bert Smith", "0301017", "", EndReason.CANCELLED, 487);
        call(3, "103", "D'Arcy \"Q\" 100%", "101", "Anna Müller", null, 486);
        call(4, "101", "Anna Müller", "101", "Anna Müller", null, 486);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void call(int minute, String caller, String callerName, String callee, String calleeName, EndReason reason, int status) {
        var at = START.plusSeconds(60L * minute);
        cdrs.insert(new Cdr("" + minute, Optional.empty(), new CallRecord("call" + minute, caller, callerName, callee, calleeName, callee, at,
                Optional.empty(), Optional.empty(),
                at.plusSeconds(9), status, Optional.ofNullable(reason))), List.of());
    }

    private Page<Cdr> page(String... options) {
        return cdrs.page(CdrStore.LISTING.query(new Options(options)));
    }

    private static String ids(Page<Cdr> page) {
        assertEquals(page.count(), page.items().size());
        return String.join("", page.items().stream().map(Cdr::id).toList());
    }

    /** @param index what the plan must name; no way through the table itself may be in it */
    private void leansOn(String index, String... options) {
        store.plans();
        page(with(options, "top", "1"));
        var plans = store.plans();
        assertTrue(plans.stream().anyMatch(step -> step.contains(index)), () -> index + " is not in " + plans);
        assertFalse(plans.stream().anyMatch(step -> step.equals("SCAN cdrs")), plans::toString);
    }

    private static String[] with(String[] options, String... more) {
        return java.util.stream.Stream.of(options, more).flatMap(java.util.stream.Stream::of).toArray(String[]::new);
    }

    @Test
    void the_newest_come_first_and_are_counted_on_an_index() {
        assertEquals("4321", ids(page()));
        leansOn("SCAN cdrs USING COVERING INDEX cdrs_by_time");
    }

    @Test
    void each_usual_filter_leans_on_its_index() {
        assertEquals("41", ids(page("filter", "caller eq '101' and started_at lt 2026-03-01T09:00:00Z")));
        leansOn("cdrs_by_caller (caller=? AND started_at>? AND started_at<?)", "filter",
                "caller eq '101' and started_at ge 2026-03-01T00:00:00Z and started_at lt 2026-03-02T00:00:00Z");
        leansOn("cdrs_by_callee (callee=?)", "filter", "callee eq '101' and end_reason eq null");
        leansOn("cdrs_by_end_reason (end_reason=?)", "filter", "end_reason eq 'CANCELLED'");
        leansOn("cdrs_by_status_code (status_code=?)", "filter", "status_code eq 486");
        leansOn("cdrs_by_time (started_at>? AND started_at<?)", "filter",
                "started_at ge 2026-03-01T00:00:00Z and started_at lt 2026-03-02T00:00:00Z");
        leansOn("sqlite_autoindex_cdrs_1 (id=?)", "filter", "id eq '3'");
        leansOn("SCAN cdrs USING COVERING INDEX cdrs_by_time", "orderby", "started_at");
        leansOn("cdrs_by_callee (callee>? AND callee<?)", "filter", "startswith(callee,'030')", "orderby", "callee");
    }

    @Test
    void a_search_looks_at_the_parties_and_not_at_every_record() {
        assertEquals("431", ids(page("search", "MÜLL")));
        assertEquals("1", ids(page("search", "müller smith")));
        assertEquals("3", ids(page("search", "arcy \"q\" 100%")));
        assertEquals("2", ids(page("search", "1017")));
        assertEquals("3", ids(page("search", "d' 100%")));
        assertEquals("", ids(page("search", "OR")));
        leansOn("cdrs_by_caller_party (caller_party=?)", "search", "smith");
        leansOn("cdrs_by_callee_party (callee_party=?)", "search", "ü");
    }

    @Test
    void what_a_number_or_name_contains_is_looked_up_too() {
        assertEquals("2", ids(page("filter", "contains(callee,'1017')")));
        assertEquals("42", ids(page("filter", "endswith(callee,'01') or endswith(callee,'7')")).replace("3", ""));
        assertEquals("134", ids(page("filter", "not contains(callee,'1017')", "orderby", "started_at")));
        assertEquals("", ids(page("filter", "contains(callee_display_name,'smith')")));
        leansOn("cdrs_by_callee_party (callee_party=?)", "filter", "contains(callee,'1017')");
        leansOn("cdrs_by_caller_party (caller_party=?)", "filter", "endswith(caller,'01')");
    }

    @Test
    void a_number_that_was_dialled_but_not_reached_is_found() {
        store.write(tx -> tx.run("""
                INSERT INTO cdrs (id, call_id, caller, caller_display_name, callee, callee_display_name, destination, started_at, ended_at,
                direction, status_code)
                VALUES ('5', '5', '101', '', '102', '', '8888', 1772352600000, 0, 'EXTENSION_CALL', 200)"""));
        assertEquals("5", ids(page("search", "888")));
        assertEquals("5", ids(page("search", "88 10")));
        assertEquals("5", ids(page("filter", "contains(destination,'88')")));
    }

    @Test
    void parties_go_with_their_last_record() {
        store.write(tx -> tx.run("DELETE FROM cdrs WHERE id IN ('1', '2')"));
        assertEquals("", ids(page("search", "smith")));
        assertEquals("43", ids(page("search", "müller")));
        assertEquals(2L, store.read(tx -> tx.one("SELECT count(*) AS n FROM cdr_parties", row -> row.getLong("n"))).orElseThrow());
        store.write(tx -> tx.run("INSERT INTO cdr_party_texts (cdr_party_texts, rank) VALUES ('integrity-check', 1)"));
        assertThrows(StoreException.class, () -> store.write(tx -> tx.run("UPDATE cdrs SET caller = '7'")));
    }

    @Test
    void what_very_many_have_is_found_in_the_order_of_the_list() {
        store.write(tx -> tx.run("""
                WITH RECURSIVE some (i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM some WHERE i < 4 + ?)
                INSERT INTO cdrs (id, call_id, caller, caller_display_name, callee, callee_display_name, destination, started_at, ended_at,
                direction, status_code)
                SELECT i, i, '200', 'Smithson', '201', '', '201', 1772352000000 + i * 60000, 0, 'EXTENSION_CALL', 200 FROM some""", MANY));
        store.plans();
        var page = page("search", "smith", "top", "3");
        assertEquals(new Page<>(MANY + 2, List.of("" + (MANY + 4), "" + (MANY + 3), "" + (MANY + 2))), page.map(Cdr::id));
        assertTrue(store.plans().stream().anyMatch(step -> step.startsWith("SEARCH cdrs USING INDEX cdrs_by_time (started_at>")));
    }

    @Test
    void short_words_are_counted_ahead_and_the_newest_records_one_by_one() {
        store.write(tx -> tx.run("""
                WITH RECURSIVE some (i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM some WHERE i < 1204)
                INSERT INTO cdrs (id, call_id, caller, caller_display_name, callee, callee_display_name, destination, started_at, ended_at,
                direction, status_code)
                SELECT i, i, '200', 'Örtel', '201', '', CASE i WHEN 1204 THEN 'ört' ELSE '201' END, 1772352000000 + i * 60000, 0, 'EXTENSION_CALL', 200
                FROM some"""));
        while (cdrs.countRuns()) { }
        assertEquals(1_200, page("search", "öRT", "top", "1").count());
        assertEquals(1_000L, store.read(tx -> tx.one("SELECT n FROM cdr_runs_end", row -> row.getLong("n"))).orElseThrow());
        assertEquals(3, page("search", "ü").count());
        assertEquals(1_204, page("search", "0", "top", "1").count());
        store.write(tx -> tx.run("DELETE FROM cdrs WHERE id IN ('1', '1204')"));
        assertEquals(1_199, page("search", "ört", "top", "1").count());
        while (cdrs.countRuns()) { }
        assertEquals("43", ids(page("search", "ü")));
    }

    @Test
    void ones_own_calls_are_merged_from_two_indexes() {
        var all = cdrs.pageOf("101", CdrStore.OWN.query(new Options()));
        assertEquals("431", ids(all));
        store.plans();
        assertEquals(new Page<>(3, List.of("3", "1")), cdrs.pageOf("101", CdrStore.OWN.query(new Options("skip", "1", "top", "2"))).map(Cdr::id));
        var plans = store.plans();
        assertTrue(plans.contains("MERGE (UNION ALL)") && plans.stream().noneMatch(step -> step.equals("SCAN cdrs")), plans::toString);
        assertTrue(plans.stream().filter(step -> step.startsWith("SEARCH cdrs USING COVERING INDEX cdrs_by_call")).count() == 4, plans::toString);
        assertEquals("3", ids(cdrs.pageOf("101", CdrStore.OWN.query(new Options("filter", "caller eq '103'", "search", "müller")))));
        assertEquals("134", ids(cdrs.pageOf("101", CdrStore.OWN.query(new Options("orderby", "started_at")))));
    }
}
