package gatehouse.listing;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.listing.ListQuery.Order;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each field of each list that grows can be filtered and searched without reading the table itself from end to end. Made from the fields, so
 * that a new one without an index fails. SQLite's plans are the same for an empty box and a full one, because the statistics are ours.
 */
class IndexedListsTest {
    private static final String TEXTS_OF_ANY_LENGTH = "texts of any length, which an index would keep twice; rows are read newest first";

    /** @param but fields that are read from the rows, and why */
    private record Listed(String name, Fields fields, BiConsumer<Store.Tx, ListQuery> ask, Map<String, String> but) { }

    private static Store store;

    @BeforeAll
    static void open(@TempDir Path folder) {
        store = new SqliteStore(folder.resolve("box.db"));
    }

    @AfterAll
    static void close() {
        store.close();
    }

    private static Object constant(String type, String name) {
        try {
            Field field = Class.forName("gatehouse." + type).getDeclaredField(name);
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(type + " has no list " + name, e);
        }
    }

    private static Listed plain(String type, String name, Map<String, String> but, String where, Object... arguments) {
        var listing = (Listing) constant(type, name);
        return new Listed(type + " " + name + " " + where, listing.fields(), (tx, query) -> listing.page(tx, query, "1", _ -> 1, where, arguments), but);
    }

    private static List<Listed> grown() {
        var calls = (LargeListing) constant("cdrs.CdrStore", "LISTING");
        var own = (EitherListing) constant("cdrs.CdrStore", "OWN");
        return List.of(new Listed("calls", calls.fields(), (tx, query) -> calls.page(tx, query, "1", _ -> 1), Map.of()),
                new Listed("own calls", own.fields(), (tx, query) -> own.page(tx, query, "1", _ -> 1, "101"), Map.of()),
                plain("users.UserStore", "LISTING", Map.of(), ""), plain("contacts.ContactRoutes", "LISTING", Map.of(), "owner = ?", ""),
                plain("contacts.OwnContactRoutes", "LISTING", Map.of(), "owner = ?", "me"),
                plain("audit.AuditStore", "LISTING", Map.of("old_state", TEXTS_OF_ANY_LENGTH, "new_state", TEXTS_OF_ANY_LENGTH), ""),
                plain("audit.EventLogStore", "LISTING", Map.of("message", TEXTS_OF_ANY_LENGTH + "; never more than 10,000"), ""),
                plain("messaging.MessageStore", "LISTING", Map.of("content", TEXTS_OF_ANY_LENGTH), ""),
                plain("messaging.MessageStore", "LISTING", Map.of(), "user_id = ?", "me"),
                plain("voicemail.VoicemailStore", "LISTING", Map.of(), "user_id = ?", "me"),
                plain("recordings.RecordingStore", "LISTING", Map.of(), ""),
                plain("recordings.RecordingStore", "OWN", Map.of(), "recording_users.user_id = ?", "me"),
                plain("blobs.FileStore", "LISTING", Map.of(), "files.origin = ?", "UPLOAD"));
    }

    private static Stream<Filter> filters(gatehouse.listing.Field field) {
        var literal = switch (field.kind()) {
            case TEXT -> new Literal.Text("word");
            case NUMBER -> new Literal.Number(BigDecimal.TEN);
            case BOOLEAN -> new Literal.Bool(true);
            case TIME -> new Literal.Time(Instant.parse("2026-01-31T08:00:00Z"));
        };
        var comparisons = Stream.of(Filter.Operator.values()).<Filter>map(operator -> new Filter.Comparison(field.name(), operator, literal));
        return field.kind() != Kind.TEXT ? comparisons : Stream.concat(comparisons, Stream.of(Filter.Match.values())
                .map(match -> new Filter.Matching(match, field.name(), "word")));
    }

    /** How SQLite would go about it when as many match as {@code count} says. */
    private static List<String> plans(Listed list, ListQuery query, long count) {
        return store.read(tx -> {
            var planned = new Planned(tx, count);
            list.ask.accept(planned, query);
            return planned.steps;
        });
    }

    private static ListQuery query(Filter filter) {
        return new ListQuery(Optional.of(filter), List.of(), List.of(), 1, 50);
    }

    private static void readsNoTable(String what, List<String> plans) {
        assertFalse(plans.stream().anyMatch(step -> step.matches("SCAN \\w+") && !step.matches("SCAN (cdr_parties|cdr_runs_end)")),
                () -> what + " reads a whole table: " + plans);
    }

    @Test
    void each_field_of_each_list_that_grows_is_filtered_on_an_index() {
        for (var list : grown()) {
            for (var field : list.fields.all()) {
                if (list.but.containsKey(field.name())) {
                    continue;
                }
                filters(field).forEach(filter -> Stream.of(5L, 1_000_000L).forEach(count ->
                        readsNoTable(list.name + " where " + filter + ", " + count + " match,", plans(list, query(filter), count))));
            }
        }
    }

    @Test
    void each_is_searched_and_sorted_without_reading_the_table() {
        for (var list : grown()) {
            var texts = list.fields.searched().stream().map(gatehouse.listing.Field::name).toList();
            if (texts.stream().noneMatch(list.but::containsKey)) {
                for (var word : List.of("w", "wo", "word")) {
                    readsNoTable(list.name + " searched for " + word, plans(list, new ListQuery(Optional.empty(), List.of(word), List.of(), 1, 50), 5));
                }
            }
        }
    }

    /** What is equal to a value is found, not looked for: of a million records no index is read through. */
    @Test
    void a_value_of_the_call_records_is_looked_up() {
        var calls = grown().getFirst();
        for (var field : calls.fields.all()) {
            for (var filter : filters(field).filter(filter -> filter instanceof Filter.Comparison(var _, var operator, var _)
                    && operator != Filter.Operator.NE).toList()) {
                var plans = plans(calls, query(filter), 5);
                assertFalse(plans.stream().anyMatch(step -> step.startsWith("SCAN cdrs")), () -> filter + ": " + plans);
            }
        }
    }

    @Test
    void each_order_of_the_call_records_but_that_of_names_is_an_index() {
        var calls = grown().getFirst();
        for (var field : calls.fields.all()) {
            var plans = plans(calls, new ListQuery(Optional.empty(), List.of(), List.of(new Order(field.name(), true)), 1, 50), 1_000_000);
            readsNoTable("calls by " + field.name(), Set.of("caller_display_name", "callee_display_name", "destination", "reroute_reason", "user_data")
                    .contains(field.name()) ? List.of() : plans);
        }
    }

    @Test
    void the_rule_notices_a_field_without_an_index() {
        var listing = Listing.of("audit", "created_at DESC, rowid DESC", gatehouse.listing.Field.text("length", "length(new_state)"));
        var list = new Listed("audit", listing.fields(), (tx, query) -> listing.page(tx, query, "1", _ -> 1, ""), Map.of());
        var plans = plans(list, query(new Filter.Comparison("length", Filter.Operator.EQ, new Literal.Text("7"))), 5);
        assertTrue(plans.contains("SCAN audit"), plans::toString);
    }

    /** A transaction that plans what it is asked, and answers with one row whose every number is {@code count}. */
    private static final class Planned implements Store.Tx {
        private final Store.Tx tx;
        private final long count;
        private final List<String> steps = new ArrayList<>();

        Planned(Store.Tx tx, long count) {
            this.tx = tx;
            this.count = count;
        }

        private <T> List<T> answer(String sql, Store.Row<T> row, Object... arguments) {
            steps.addAll(tx.list("EXPLAIN QUERY PLAN " + sql, step -> step.getString("detail"), arguments));
            return tx.list("SELECT ?1 AS n, ?1 AS rows_that_name_it, ?1 AS started_at, ?1 AS records, ?1 AS value", row, count);
        }

        @Override
        public <T> List<T> list(String sql, Store.Row<T> row, Object... arguments) {
            var answer = answer(sql, row, arguments);
            return sql.startsWith("SELECT 1 FROM") ? List.of() : answer; // an empty page: the next way is tried too, and the count is asked for
        }

        @Override
        public <T> Optional<T> one(String sql, Store.Row<T> row, Object... arguments) {
            return answer(sql, row, arguments).stream().findFirst();
        }

        @Override
        public int run(String sql, Object... arguments) {
            throw new AssertionError(sql);
        }

        @Override
        public void afterCommit(Runnable task) {
            throw new AssertionError("nothing is written");
        }
    }
}
