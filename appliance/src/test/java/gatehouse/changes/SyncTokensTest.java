package gatehouse.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatehouse.changes.Diff.Item;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import gatehouse.secrets.Sealer;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.MovedClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyncTokensTest {
    private static final Feed FEED = Feed.ofAll("bells");
    private static final Followed BELLS = Followed.of("bells", FEED);

    @TempDir
    Path folder;
    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final ManualTimers timers = new ManualTimers();
    private Store store;
    private Changes changes;
    private SyncTokens tokens;

    @BeforeEach
    void open() {
        store = new SqliteStore(folder.resolve("box.db"));
        var changeStore = new ChangeStore(store);
        changes = new Changes(changeStore, timers, clock, 5);
        tokens = new SyncTokens(changeStore, new Sealer(folder.resolve("box.key"), new SecureRandom()), 3);
    }

    @AfterEach
    void close() {
        changes.close();
        store.close();
    }

    private void record(String id, ChangeType change) {
        store.write(tx -> {
            changes.record(tx, FEED, id, change);
            return null;
        });
    }

    private Diff<String> diff(String token) {
        return tokens.diff(token, "ann", BELLS, (_, ids, _) -> ids.stream().collect(Collectors.toMap(id -> id, id -> id)));
    }

    private static List<String> said(Diff<String> diff) {
        return diff.items().stream().map(item -> item.id() + " " + item.change()).toList();
    }

    private String upToDate() {
        var diff = diff(tokens.create("ann", BELLS));
        while (!diff.items().isEmpty()) {
            diff = diff(diff.token());
        }
        return diff.token();
    }

    private void refused(String token) {
        var refused = assertThrows(ProblemException.class, () -> diff(token));
        assertEquals(Code.FORBIDDEN, refused.problems().getFirst().code());
    }

    @Test
    void the_first_diffs_give_everything_there_is_a_page_at_a_time() {
        for (var id : List.of("a", "b", "c", "d")) {
            record(id, ChangeType.CREATED);
        }
        record("b", ChangeType.DELETED);
        record("a", ChangeType.UPDATED);
        record("e", ChangeType.CREATED);
        var first = diff(tokens.create("ann", BELLS));
        assertEquals(List.of("c CREATED", "d CREATED", "a CREATED"), said(first));
        var second = diff(first.token());
        assertEquals(List.of("e CREATED"), said(second));
        assertEquals(List.of(), said(diff(second.token())));
    }

    @Test
    void what_happened_to_one_between_two_diffs_becomes_one_item() {
        record("old", ChangeType.CREATED);
        record("older", ChangeType.CREATED);
        var token = upToDate();
        record("brief", ChangeType.CREATED);
        record("brief", ChangeType.DELETED);
        record("new", ChangeType.CREATED);
        record("old", ChangeType.UPDATED);
        record("older", ChangeType.UPDATED);
        record("new", ChangeType.UPDATED);
        record("older", ChangeType.DELETED);
        var diff = diff(token);
        assertEquals(List.of("old UPDATED", "new CREATED", "older DELETED"), said(diff));
        assertEquals(List.of(), said(diff(diff.token())));
        assertEquals(said(diff), said(diff(token)), "a token can be used again, should an answer get lost");
    }

    @Test
    void tokens_are_for_one_user_and_one_thing_and_of_this_box() {
        var token = upToDate();
        assertThrows(ProblemException.class, () -> tokens.diff(token, "bob", BELLS, (_, _, _) -> java.util.Map.of()));
        assertThrows(ProblemException.class, () -> tokens.diff(token, "ann", Followed.of("horns", FEED), (_, _, _) -> java.util.Map.of()));
        var at = token.length() / 2;
        refused(token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1));
        for (var nonsense : List.of("", "x", "ä", "AAAA", "A".repeat(200), "A".repeat(5000), token + "AAAA")) {
            refused(nonsense);
        }
        diff(token);
    }

    @Test
    void a_token_tells_nothing_not_even_by_its_length() {
        var early = upToDate();
        IntStream.range(0, 300).forEach(i -> record("bell" + i, ChangeType.CREATED));
        var late = upToDate();
        assertEquals(early.length(), late.length());
        assertFalse(late.equals(upToDate()), "nor by being equal to another");
    }

    @Test
    void a_token_of_the_future_is_refused() {
        record("a", ChangeType.CREATED);
        var token = upToDate();
        store.write(tx -> tx.run("DELETE FROM changes"));
        store.write(tx -> tx.run("UPDATE sqlite_sequence SET seq = 0")); // an older backup was restored
        refused(token);
    }

    @Test
    void tokens_survive_a_restart() {
        record("a", ChangeType.CREATED);
        var token = upToDate();
        close();
        open();
        record("b", ChangeType.CREATED);
        assertEquals(List.of("b CREATED"), said(diff(token)));
    }

    @Test
    void a_token_from_before_a_forgotten_deletion_is_refused_and_a_later_one_is_not() {
        record("a", ChangeType.CREATED);
        record("b", ChangeType.CREATED);
        var before = upToDate();
        record("a", ChangeType.DELETED);
        var after = upToDate();
        var anew = tokens.create("ann", BELLS);
        clock.move(Changes.OLDEST_TOMBSTONE.plusSeconds(1));
        timers.push(Duration.ofHours(6));
        refused(before);
        assertEquals(List.of(), said(diff(after)));
        assertEquals(List.of("b CREATED"), said(diff(anew)));
    }

    @Test
    void only_so_many_tombstones_are_kept_and_what_is_there_always_is() {
        var token = upToDate();
        for (int i = 0; i < 20; i++) {
            record("live" + i, ChangeType.CREATED);
            record("gone" + i, ChangeType.CREATED);
            record("gone" + i, ChangeType.DELETED);
        }
        timers.push(Duration.ofHours(6));
        assertEquals(5L, store.read(tx -> tx.one("SELECT count(*) AS n FROM changes WHERE state <> 'LIVE'", row -> row.getLong("n"))).orElseThrow());
        assertEquals(20L, store.read(tx -> tx.one("SELECT count(*) AS n FROM changes WHERE state = 'LIVE'", row -> row.getLong("n"))).orElseThrow());
        refused(token);
        assertEquals(1, timers.waiting(), "and the next time is planned");
    }

    @Test
    void a_token_from_a_time_begins_there() {
        record("a", ChangeType.CREATED);
        clock.move(Duration.ofHours(1));
        var noon = clock.instant();
        record("b", ChangeType.CREATED);
        assertEquals(List.of("b CREATED"), said(diff(tokens.create("ann", BELLS, noon))));
        assertEquals(List.of("a CREATED", "b CREATED"), said(diff(tokens.create("ann", BELLS, noon.minusSeconds(7200)))));
        assertEquals(List.of(), said(diff(tokens.create("ann", BELLS, noon.plusSeconds(1)))));
    }

    @Test
    void what_the_reader_leaves_out_does_not_end_the_diff_early() {
        IntStream.range(0, 10).forEach(i -> record("hidden" + i, ChangeType.CREATED));
        record("seen", ChangeType.CREATED);
        var diff = tokens.diff(tokens.create("ann", BELLS), "ann", BELLS,
                (_, ids, _) -> ids.stream().filter("seen"::equals).collect(Collectors.toMap(id -> id, id -> id)));
        assertEquals(List.of("seen"), diff.items().stream().map(Item::id).toList());
    }

    @Test
    void a_change_that_is_rolled_back_was_none() {
        var token = upToDate();
        assertThrows(IllegalStateException.class, () -> store.write(tx -> {
            changes.record(tx, FEED, "a", ChangeType.CREATED);
            throw new IllegalStateException("on purpose");
        }));
        assertEquals(List.of(), said(diff(token)));
    }

    @Test
    void an_owner_that_is_gone_leaves_no_feed() {
        store.write(tx -> {
            changes.record(tx, new Feed("own", "ann"), "a", ChangeType.CREATED);
            changes.touch(tx, new Feed("likes", "ann"), "b");
            changes.forget(tx, "ann");
            return null;
        });
        assertEquals(0L, store.read(tx -> tx.one("SELECT count(*) AS n FROM changes", row -> row.getLong("n"))).orElseThrow());
    }
}
