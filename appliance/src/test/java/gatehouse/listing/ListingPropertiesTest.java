package gatehouse.listing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.core.ProblemException;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import gatehouse.testkit.Options;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must hold for any filter. {@code -Dseed=…} repeats a run, {@code -Dfuzz.filters=…} makes it longer. */
class ListingPropertiesTest {
    private static final long SEED = Long.getLong("seed", new Random().nextLong());
    private static final int FUZZED = Integer.getInteger("fuzz.filters", 100_000);

    private record Thing(int id, String name, String place, Long size, BigDecimal price, Double weight, Boolean good, Instant made) { }

    private static final Listing IN_SQL = Listing.of("things", "id", Field.searchedText("name", "name"), Field.searchedText("place", "place"),
            Field.number("size", "size"), Field.money("price", "price"), Field.number("weight", "weight"), Field.bool("good", "good"),
            Field.time("made.at", "made"));
    private static final MemoryListing<Thing> IN_MEMORY = MemoryListing.of(Value.searchedText("name", Thing::name),
            Value.searchedText("place", Thing::place), Value.number("size", Thing::size), Value.number("price", Thing::price),
            Value.number("weight", Thing::weight), Value.bool("good", Thing::good), Value.time("made.at", Thing::made));
    private static final Texts TEXTS = new Texts("texts", List.of("text"), "text_index", List.of("name_text", "place_text"));
    private static final Field[] OTHERS = {Field.searchedText("place", "place").ofFewTexts(), Field.number("size", "size"), Field.money("price", "price"),
            Field.number("weight", "weight"), Field.bool("good", "good"), Field.time("made.at", "made")};
    /** So small that sixty rows come to each of its ways. */
    private static final LargeListing.Bounds SMALL = new LargeListing.Bounds(6, 20, 3);
    private static final List<LargeListing> LARGE = List.of(
            LargeListing.of("things", "at", "id", TEXTS, fields(Field.searchedText("name", "name").keptIn("name_text", "text", "named"))).within(SMALL),
            LargeListing.of("things", "at", "id", TEXTS, fields(Field.searchedText("name", "name").indexedAndKeptIn("name_text", "text", "named")))
                    .within(SMALL).counting(ListingPropertiesTest::counted));
    private static final EitherListing EITHER = EitherListing.of("things", "at", "id", "one", "other", fields(Field.searchedText("name", "+name")));
    private static final Fields FIELDS = IN_SQL.fields();

    private static Field[] fields(Field name) {
        return Stream.concat(Stream.of(name), Stream.of(OTHERS)).toArray(Field[]::new);
    }

    /** Of the first forty. */
    private static Optional<WordCounts.Counted> counted(Store.Tx tx, String word) {
        var texts = tx.list("SELECT name, place FROM things WHERE id <= 40", row -> Stream.of(row.getString("name"), row.getString("place"))
                .filter(Objects::nonNull).toList());
        return Runs.isOne(word) ? Optional.of(new WordCounts.Counted(texts.stream().filter(some -> Runs.in(some).contains(Runs.of(word))).count(), 40))
                : Optional.empty();
    }

    private final Random random = new Random(SEED);
    private final RandomFilters some = new RandomFilters(random);

    @Test
    void what_a_filter_prints_reads_back_as_itself() {
        for (int i = 0; i < 20_000; i++) {
            var filter = some.filter(FIELDS, 4);
            assertEquals(filter, FilterParser.parse(filter.toString(), FIELDS), () -> "seed " + SEED + ": " + filter);
        }
    }

    private <T> T orNull(T value) {
        return some.oneIn(5) ? null : value;
    }

    private Thing thing(int id) {
        var size = orNull(some.oneIn(9) ? Long.MAX_VALUE : random.nextInt(5) - 2L);
        var price = orNull(new BigDecimal(some.pick(List.of("0.00001", "0", "-1", "1.5", "1000000.5", "2"))));
        return new Thing(id, some.text(), orNull(some.text()), size, price, orNull(random.nextInt(5) / 2.0 - 1),
                orNull(some.oneIn(2)), orNull(some.time()));
    }

    @Test
    void sql_and_memory_give_the_same_pages(@TempDir Path folder) {
        try (var store = new SqliteStore(folder.resolve("things.db"))) {
            var things = new ArrayList<Thing>();
            store.write(tx -> {
                tx.run("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT NOT NULL, place TEXT, size INTEGER, price INTEGER, weight REAL, "
                        + "good INTEGER, made INTEGER, at INTEGER NOT NULL, one TEXT NOT NULL, other TEXT NOT NULL, name_text INTEGER, place_text INTEGER) STRICT");
                for (int id = 1; id <= 60; id++) {
                    var thing = thing(id);
                    things.add(thing);
                    tx.run("INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)", id, thing.name, thing.place, thing.size,
                            thing.price == null ? null : thing.price.movePointRight(5).longValueExact(), thing.weight, thing.good, thing.made, id / 3,
                            id % 2 == 0 ? "mine" : "", id % 3 == 0 ? "mine" : "");
                }
                tx.run("CREATE TABLE texts (n INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE, named INTEGER) STRICT");
                tx.run("INSERT INTO texts (text) SELECT name FROM things UNION SELECT place FROM things WHERE place IS NOT NULL");
                tx.run("UPDATE things SET name_text = (SELECT n FROM texts WHERE text = name), "
                        + "place_text = (SELECT n FROM texts WHERE text = place)");
                tx.run("UPDATE texts SET named = (SELECT count(*) FROM things WHERE name_text = n)");
                tx.run("CREATE VIRTUAL TABLE text_index USING fts5 (text, content = 'texts', content_rowid = 'n', tokenize = 'trigram')");
                return tx.run("INSERT INTO text_index (text_index) VALUES ('rebuild')");
            });
            for (int i = 0; i < 5_000; i++) {
                var query = some.query(FIELDS);
                var backwards = !query.order().isEmpty() && query.order().getLast().descending();
                var byId = Comparator.comparing(Thing::id);
                var expected = IN_MEMORY.page(query, things.stream().sorted(backwards ? byId.reversed() : byId).toList()).map(Thing::id);
                var found = store.read(tx -> IN_SQL.page(tx, query, "id", row -> row.getInt("id"), ""));
                assertEquals(expected, found, () -> "seed " + SEED + ": " + query);
                if (query.words().stream().noneMatch(word -> word.matches(".*[k\u212a].*"))) { // FTS5 takes the Kelvin sign for a k, we do not
                    sameInLarge(store, query, things, byId);
                }
            }
        }
    }

    /** The newest come first where nothing else is asked. */
    private static void sameInLarge(Store store, ListQuery query, List<Thing> things, Comparator<Thing> byId) {
        var backwards = query.order().isEmpty() || query.order().getLast().descending();
        var all = things.stream().sorted(backwards ? byId.reversed() : byId).toList();
        var expected = IN_MEMORY.page(query, all).map(Thing::id);
        for (var listing : LARGE) {
            assertEquals(expected, store.read(tx -> listing.page(tx, query, "id", row -> row.getInt("id"))), () -> "seed " + SEED + ": " + query);
        }
        var own = IN_MEMORY.page(query, all.stream().filter(thing -> thing.id % 2 == 0 || thing.id % 3 == 0).toList()).map(Thing::id);
        assertEquals(own, store.read(tx -> EITHER.page(tx, query, "id", row -> row.getInt("id"), "mine")), () -> "seed " + SEED + ": " + query);
    }

    @Test
    void no_text_makes_the_reader_fail() {
        for (int i = 0; i < FUZZED; i++) {
            var text = some.oneIn(3) ? scribbled() : mutated(some.filter(FIELDS, 3).toString());
            try {
                var query = IN_SQL.query(new Options(some.oneIn(4) ? "orderby" : "filter", text, "search", some.text()));
                query.filter().ifPresent(filter -> assertEquals(filter, FilterParser.parse(filter.toString(), FIELDS)));
            } catch (ProblemException refused) {
                refused.problems().forEach(problem -> assertEquals(true, (int) problem.detail().get("position") <= text.length()));
            } catch (RuntimeException | Error failed) {
                throw new AssertionError("seed " + SEED + ": " + text, failed);
            }
        }
    }

    private static final List<String> PIECES = List.of("name", "size", "made.at", "nothing", "eq", "NE", "gt", "and", "or", "not", "Not", "(", ")", "((",
            ",", "'", "''", "'a'", " ", "\t", "\u00a0", "1", "-", "1.5", "1e999999999", "9".repeat(40), "null", "true", "startswith(", "contains(name,'",
            "2026-01-31T08:00:00Z", "2026-13-31T08:00:00Z", "9999-12-31T23:59:59.999999999-18:00",
            "0000-01-01T00:00:00Z", "$", "\u0000", "\ud800", "😀", ";--", "desc", "asc", ".", "..");

    private String scribbled() {
        var text = new StringBuilder();
        do {
            text.append(some.pick(PIECES)).append(some.oneIn(2) ? " " : "");
        } while (!some.oneIn(12));
        return text.toString();
    }

    private String mutated(String filter) {
        var text = new StringBuilder(filter);
        do {
            var at = random.nextInt(text.length() + 1);
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, some.pick(PIECES));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(6)));
                case 2 -> text.insert(at, (char) random.nextInt(0x180));
                default -> text.append(text, 0, at);
            }
        } while (some.oneIn(2) && text.length() < 4_000);
        return text.toString();
    }
}
