package gatehouse.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.core.Problem;
import gatehouse.core.ProblemException;
import gatehouse.store.SqliteStore;
import gatehouse.testkit.Options;
import gatehouse.store.Store;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the options of a list mean, on a small table. */
class ListingTest {
    private static final Listing GUESTS = Listing.of("guests", "name, id", Field.searchedText("name", "name"), Field.searchedText("city", "city"),
            Field.number("age", "age"), Field.bool("vip", "vip"), Field.time("arrived_at", "arrived_at"), Field.money("balance", "balance"),
            Field.json("language", Kind.TEXT), Field.json("home.floor", Kind.NUMBER));

    private SqliteStore store;

    @BeforeEach
    void open(@TempDir Path folder) {
        store = new SqliteStore(folder.resolve("test.db"));
        store.write(tx -> tx.run("""
                CREATE TABLE guests (id TEXT PRIMARY KEY, name TEXT NOT NULL, city TEXT, age INTEGER, vip INTEGER, arrived_at INTEGER,
                                     balance INTEGER, document TEXT NOT NULL) STRICT"""));
        guest("1", "Anna", "Köln", 30L, true, "2026-01-31T08:00:00.700Z", 1_250_000L, "{\"language\":\"de\",\"home\":{\"floor\":2}}");
        guest("2", "bert", "Bonn", 41L, false, "2026-02-01T00:00:00Z", -1L, "{\"language\":\"en\",\"home\":{\"floor\":-1}}");
        guest("3", "Çelik", "KÖLN", null, null, null, 0L, "{\"language\":null}");
        guest("4", "D'Arcy 100%_\\", null, 30L, true, "2026-02-01T00:00:01Z", 5L, "{}");
    }

    private void guest(String id, String name, String city, Long age, Boolean vip, String arrived, Long balance, String document) {
        store.write(tx -> tx.run("INSERT INTO guests VALUES (?, ?, ?, ?, ?, ?, ?, ?)", id, name, city, age, vip,
                arrived == null ? null : Instant.parse(arrived), balance, document));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Page<String> page(String... options) {
        var query = GUESTS.query(new Options(options));
        return store.read(tx -> GUESTS.page(tx, query, "id", row -> row.getString("id"), ""));
    }

    private void check(String filter, String ids) {
        assertEquals(ids, String.join("", page("filter", filter, "orderby", "age").items().stream().sorted().toList()), filter);
    }

    private void finds(String search, String ids) {
        assertEquals(ids, String.join("", page("search", search).items().stream().sorted().toList()), search);
    }

    @Test
    void texts_are_compared_to_the_letter() {
        check("name eq 'Anna'", "1");
        check("name eq 'anna'", "");
        check("name eq 'D''Arcy 100%_\\'", "4");
        check("name gt 'a'", "23");
        check("startswith(name,'D''')", "4");
        check("STARTSWITH ( name , 'Ç' )", "3");
        check("endswith(name,'_\\')", "4");
        check("endswith(city,'nn')", "2");
        check("contains(name,'%')", "4");
        check("contains(city,'')", "123");
    }

    @Test
    void an_absent_value_is_like_nothing_but_null() {
        check("city eq null", "4");
        check("city ne null", "123");
        check("city ne 'Bonn'", "134");
        check("not city eq 'Bonn'", "134");
        check("not (age gt 30)", "134");
        check("not contains(city,'nn')", "134");
        check("age le 30 or age gt 30", "124");
        check("vip ne true", "23");
        check("language eq null", "34");
    }

    @Test
    void numbers_booleans_and_money_are_exact() {
        check("age eq 30.0", "14");
        check("age gt 29.5 and age lt 30.5", "14");
        check("age lt 99999999999999999999999999", "124");
        check("vip eq TRUE", "14");
        check("balance eq 12.5", "1");
        check("balance eq -0.00001", "2");
        check("balance gt -0.000011 and balance lt 0.000001", "23");
        check("balance eq 0.000001", "");
        check("balance ne 0.000001", "1234");
        check("home.floor lt 0", "2");
    }

    @Test
    void times_are_compared_as_they_are_shown() {
        check("arrived_at eq 2026-01-31T08:00:00Z", "1");
        check("arrived_at gt 2026-01-31T08:00:00Z", "24");
        check("arrived_at ge '2026-02-01T01:00:00+01:00'", "24");
        check("arrived_at lt 2026-02-01t00:00:00z", "1");
        check("arrived_at le 2026-02-01T00:00:00.5Z", "12");
        check("arrived_at eq 2026-02-01T00:00:00.5Z", "");
        check("arrived_at ne 2026-02-01T00:00:00Z", "134");
    }

    @Test
    void and_binds_closer_than_or_and_not_closest() {
        check("name eq 'bert' or name eq 'Anna' and age eq 31", "2");
        check("(name eq 'bert' or name eq 'Anna') and age eq 30", "1");
        check("not name eq 'bert' and vip eq true", "14");
    }

    @Test
    void the_search_ignores_case_in_every_alphabet_and_takes_each_word_literally() {
        finds("köln", "13");
        finds("KÖLN ann", "1");
        finds("ÇEL", "3");
        finds("c", "4");
        finds("100%_\\", "4");
        finds("b_rt", "");
        finds("bonn BERT", "2");
        finds("bonn anna", "");
    }

    @Test
    void every_order_is_total() {
        assertEquals(List.of("1", "2", "4", "3"), page("orderby", "name").items());
        assertEquals(List.of("2", "4", "1", "3"), page("orderby", "age desc").items());
        assertEquals(List.of("3", "1", "4", "2"), page("orderby", "age").items());
        assertEquals(List.of("2", "1", "4", "3"), page("orderby", "age DESC, name asc").items());
    }

    @Test
    void pages_count_all_that_match() {
        assertEquals(new Page<>(4, List.of("1", "4")), page("top", "2"));
        assertEquals(new Page<>(4, List.of("3")), page("skip", "3", "top", "2"));
        assertEquals(new Page<>(4, List.of()), page("skip", "9"));
        assertEquals(new Page<>(2, List.of("4")), page("filter", "age eq 30", "orderby", "name desc", "top", "1"));
        var within = store.read(tx -> GUESTS.page(tx, GUESTS.all(), "id", row -> row.getString("id"), "vip = ? OR age > ?", true, 40));
        assertEquals(new Page<>(3, List.of("1", "4", "2")), within);
    }

    @Test
    void an_export_has_every_match_up_to_a_bound() {
        var query = GUESTS.query(new Options("filter", "name ne 'bert'", "top", "1", "skip", "1"));
        Store.Work<List<String>> two = tx -> GUESTS.everything(tx, query, 2, "id", row -> row.getString("id"), "");
        Store.Work<List<String>> all = tx -> GUESTS.everything(tx, query, 1_000, "id", row -> row.getString("id"), "");
        assertEquals(List.of("1", "4"), store.read(two));
        assertEquals(List.of("1", "4", "3"), store.read(all));
    }

    private static List<Problem> refused(String... options) {
        return assertThrows(ProblemException.class, () -> GUESTS.query(new Options(options))).problems();
    }

    private static void refused(String filter, String rule, int position) {
        var problem = refused("filter", filter).getFirst();
        assertEquals(rule + " at " + position, problem.detail().get("rule") + " at " + problem.detail().get("position"),
                filter + ": " + problem.message());
        assertEquals("filter", problem.detail().get("field"));
    }

    @Test
    void a_malformed_filter_is_refused_by_position() {
        refused("name", "syntax", 4);
        refused("name eq", "syntax", 7);
        refused("name eq 'a", "syntax", 8);
        refused("name eq 'a' and", "syntax", 15);
        refused("(name eq 'a'", "syntax", 12);
        refused("name eq 'a')", "syntax", 11);
        refused("name = 'a'", "syntax", 5);
        refused("name like 'a'", "syntax", 5);
        refused("name eq anna", "syntax", 8);
        refused("length(name) eq 3", "syntax", 0);
        refused("contains(name 'a')", "syntax", 14);
        refused("arrived_at gt 2026-02-30T00:00:00Z", "syntax", 14);
        refused("arrived_at gt 2026-02-30", "syntax", 14);
        refused("age eq 1e9", "syntax", 7);
        refused("name eq '" + "a".repeat(2_000) + "'", "limit", 2_000);
        refused("age eq 1" + " or age eq 1".repeat(50), "limit", 600);
        refused("(".repeat(21) + "age eq 1" + ")".repeat(21), "limit", 20);
    }

    @Test
    void a_value_of_the_wrong_kind_is_refused() {
        refused("name eq 5", "type", 8);
        refused("age eq '5'", "type", 7);
        refused("age eq true", "type", 7);
        refused("vip eq 1", "type", 7);
        refused("vip gt true", "type", 7);
        refused("age gt null", "type", 7);
        refused("arrived_at gt 'yesterday'", "type", 14);
        refused("arrived_at gt '2026-02-30T00:00:00Z'", "type", 14);
        refused("contains(age,'5')", "type", 9);
    }

    @Test
    void all_that_is_wrong_comes_back_together_and_says_what_there_is() {
        var problems = refused("filter", "nome eq 'a' and age eq 'b'", "orderby", "age up, Name", "search", "x".repeat(201));
        assertEquals(List.of("filter unknown 0", "filter type 23", "search limit 200", "orderby syntax 4", "orderby unknown 8"), problems.stream()
                .map(problem -> problem.detail().get("field") + " " + problem.detail().get("rule") + " "
                        + problem.detail().get("position")).toList());
        assertTrue(problems.getFirst().message().contains("nome") && problems.getFirst().message().contains("name, city, age"),
                problems.getFirst().message());
    }

    @Test
    void an_order_is_refused_by_position() {
        assertEquals(4, refused("orderby", "age,").getFirst().detail().get("position"));
        assertEquals("syntax", refused("orderby", "age asc desc").getFirst().detail().get("rule"));
        assertEquals("limit", refused("orderby", "age,".repeat(8) + "age").getFirst().detail().get("rule"));
    }
}
