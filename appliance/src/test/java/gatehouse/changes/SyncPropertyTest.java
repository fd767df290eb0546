package gatehouse.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import gatehouse.secrets.Sealer;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.MovedClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever happens on the box, whenever clients ask, however far apart: who applies the diffs in order ends with what the server has.
 * {@code -Dseed=…} runs one seed again.
 */
class SyncPropertyTest {
    private static final Feed THINGS = Feed.ofAll("things");
    private static final int MOST = 4;
    private static final int TOMBSTONES = 12;

    @TempDir
    Path folder;

    @Test
    void a_client_that_pages_through_any_changes_ends_with_what_the_server_has() {
        var given = Long.getLong("seed");
        var seeds = given != null ? List.of(given) : new SecureRandom().longs(6).boxed().toList();
        for (var seed : seeds) {
            System.err.println("SyncPropertyTest -Dseed=" + seed);
            try (var world = new World(folder.resolve(Long.toHexString(seed)), seed)) {
                world.live(400);
            }
        }
    }

    /** A client's copy, as an app would keep it. */
    private static final class Copy {
        private final String user;
        private final Map<String, String> things = new HashMap<>();
        private String token;

        Copy(String user) {
            this.user = user;
        }
    }

    private final class World implements AutoCloseable {
        private final Path home;
        private final Random random;
        private final boolean idsReturn;
        private final MovedClock clock = new MovedClock(Instant.parse("2026-01-01T00:00:00Z"));
        private final List<Copy> copies = List.of(new Copy("ann"), new Copy("bob"), new Copy("cid"));
        private final List<String> gone = new ArrayList<>();
        private int made;
        private Store store;
        private Changes changes;
        private SyncTokens tokens;

        World(Path home, long seed) {
            this.home = home;
            random = new Random(seed);
            idsReturn = random.nextBoolean();
            open();
            store.write(tx -> tx.run("CREATE TABLE things (id TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT"));
            store.write(tx -> tx.run("CREATE TABLE liked (id TEXT, user TEXT, PRIMARY KEY (id, user)) STRICT"));
        }

        private void open() {
            store = new SqliteStore(home.resolve("box.db"));
            var changeStore = new ChangeStore(store);
            changes = new Changes(changeStore, new ManualTimers(), clock, TOMBSTONES);
            tokens = new SyncTokens(changeStore, new Sealer(home.resolve("box.key"), new SecureRandom()), MOST);
        }

        @Override
        public void close() {
            changes.close();
            store.close();
        }

        void live(int steps) {
            for (int step = 0; step < steps; step++) {
                switch (random.nextInt(20)) {
                    case 0, 1, 2, 3, 4 -> create();
                    case 5, 6, 7, 8 -> update();
                    case 9, 10, 11 -> delete();
                    case 12, 13 -> like();
                    case 14 -> clock.move(Duration.ofDays(random.nextInt(40)));
                    case 15 -> changes.prune();
                    case 16 -> {
                        close();
                        open();
                    }
                    case 17 -> catchUp(copies.get(random.nextInt(copies.size())));
                    default -> page(copies.get(random.nextInt(copies.size())));
                }
            }
            copies.forEach(this::catchUp);
        }

        private List<String> ids() {
            return store.read(tx -> tx.list("SELECT id FROM things ORDER BY id", row -> row.getString("id")));
        }

        private String any() {
            var ids = ids();
            return ids.isEmpty() ? "none" : ids.get(random.nextInt(ids.size()));
        }

        private void create() {
            var back = idsReturn && !gone.isEmpty() && random.nextBoolean();
            var id = back ? gone.remove(random.nextInt(gone.size())) : "thing" + made++;
            store.write(tx -> {
                tx.run("INSERT INTO things (id, value) VALUES (?, ?)", id, "new" + random.nextInt(1000));
                changes.record(tx, THINGS, id, ChangeType.CREATED);
                return null;
            });
        }

        private void update() {
            var id = any();
            store.write(tx -> {
                if (tx.run("UPDATE things SET value = ? WHERE id = ?", "edit" + random.nextInt(1000), id) > 0) {
                    changes.record(tx, THINGS, id, ChangeType.UPDATED);
                }
                return null;
            });
        }

        private void delete() {
            var id = any();
            store.write(tx -> {
                tx.run("DELETE FROM liked WHERE id = ?", id);
                if (tx.run("DELETE FROM things WHERE id = ?", id) > 0) {
                    changes.record(tx, THINGS, id, ChangeType.DELETED);
                    gone.add(id);
                }
                return null;
            });
        }

        private void like() {
            var id = any();
            var user = copies.get(random.nextInt(copies.size())).user;
            store.write(tx -> {
                if (tx.run("INSERT OR IGNORE INTO liked (id, user) SELECT id, ? FROM things WHERE id = ?", user, id) > 0) {
                    changes.touch(tx, new Feed("likes", user), id);
                }
                return null;
            });
        }

        private Map<String, String> states(Tx tx, String user) {
            var states = new HashMap<String, String>();
            tx.list("SELECT id, value || coalesce((SELECT ' liked' FROM liked WHERE liked.id = things.id AND user = ?), '') AS state FROM things",
                    row -> states.put(row.getString("id"), row.getString("state")), user);
            return states;
        }

        private Map<String, String> read(Tx tx, Collection<String> ids, String user) {
            var states = states(tx, user);
            states.keySet().retainAll(ids);
            return states;
        }

        /** One diff; false when there was nothing more. */
        private boolean page(Copy copy) {
            var what = Followed.of("things", THINGS).with(new Feed("likes", copy.user));
            if (copy.token == null) {
                copy.token = tokens.create(copy.user, what);
            }
            Diff<String> diff;
            try {
                diff = tokens.diff(copy.token, copy.user, what, (tx, ids, _) -> read(tx, ids, copy.user));
            } catch (ProblemException refused) {
                assertEquals(Code.FORBIDDEN, refused.problems().getFirst().code());
                copy.things.clear();
                copy.token = null;
                return true;
            }
            var seen = new HashSet<String>();
            for (var item : diff.items()) {
                assertTrue(seen.add(item.id()), "once in a diff");
                assertTrue(idsReturn || item.change() != ChangeType.UPDATED || copy.things.containsKey(item.id()), "updated, but never told of: " + item);
                assertEquals(item.change() == ChangeType.DELETED, item.state().isEmpty());
                item.state().ifPresentOrElse(state -> copy.things.put(item.id(), state), () -> copy.things.remove(item.id()));
            }
            assertTrue(diff.items().size() <= MOST, "bounded");
            copy.token = diff.token();
            return !diff.items().isEmpty();
        }

        private void catchUp(Copy copy) {
            while (page(copy)) {
                assertTrue(copy.things.size() <= made);
            }
            assertEquals(store.read(tx -> states(tx, copy.user)), copy.things, copy.user);
        }
    }
}
