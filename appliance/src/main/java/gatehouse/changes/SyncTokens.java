package gatehouse.changes;

import gatehouse.changes.ChangeStore.Entry;
import gatehouse.changes.ChangeStore.State;
import gatehouse.changes.Diff.Item;
import gatehouse.changes.Followed.Reader;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.ProblemException;
import gatehouse.secrets.Sealer;
import gatehouse.store.Store.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells clients what changed. A new token's first diffs give everything there is; then each gives what changed since the one before. A
 * diff has a bounded size: who wants to be up to date asks until one is empty. Thread-safe.
 * <p>
 * A client that applies diffs in order is always right: it may be told that something was created that it was just given, or that
 * something went that it never had, but nothing is ever left out.
 */
public final class SyncTokens {
    /** Items in one diff: a first sync of the largest address book takes ten requests, the largest answer about 1 MB. */
    public static final int MOST_ITEMS = 1_000;

    private final ChangeStore store;
    private final Sealer sealer;
    private final int most;

    public SyncTokens(ChangeStore store, Sealer sealer) {
        this(store, sealer, MOST_ITEMS);
    }

    SyncTokens(ChangeStore store, Sealer sealer, int most) {
        this.store = store;
        this.sealer = sealer;
        this.most = most;
    }

    /** A token whose first diffs give everything there is. */
    public String create(String userId, Followed what) {
        var end = store.read(store::end);
        return new SyncToken(userId, what.name(), 0, 0, end, Long.MIN_VALUE).sealed(sealer);
    }

    /** A token whose first diffs give what changed at {@code from} or later. */
    public String create(String userId, Followed what, Instant from) {
        return store.read(tx -> {
            var end = store.end(tx);
            var start = store.firstSince(tx, what.objects(), from).map(position -> position - 1).orElse(end);
            return new SyncToken(userId, what.name(), start, start, end, from.toEpochMilli());
        }).sealed(sealer);
    }

    /** @throws ProblemException FORBIDDEN when the token is unknown, another's, or so old that deletions since were forgotten */
    public <T> Diff<T> diff(String token, String userId, Followed what, Reader<T> reader) {
        var at = SyncToken.open(sealer, token).filter(known -> known.userId().equals(userId) && known.name().equals(what.name()))
                .orElseThrow(SyncTokens::refused);
        return store.read(tx -> {
            if (at.cursor() > store.end(tx) || at.floor() > store.end(tx) || at.floor() < store.horizon(tx)) {
                throw refused();
            }
            var items = new ArrayList<Item<T>>();
            var reached = at;
            boolean more;
            do { // of a page, all may be left out; an empty answer must mean that there is no more
                var page = page(tx, what, reached.cursor());
                items.addAll(items(tx, what, reached, page, reader));
                more = page.more();
                reached = reached(reached, page);
            } while (items.isEmpty() && more);
            return new Diff<>(reached.sealed(sealer), items);
        });
    }

    private static ProblemException refused() {
        return Problem.of(Code.FORBIDDEN, "This sync token is unknown, belongs to somebody else, or is too old. Get a new one and start over: drop "
                + "what you hold and take the items of its diffs.").raise();
    }

    /** Changes up to the position {@code end}. */
    private record Page(List<Entry> entries, long end, boolean more) { }

    private Page page(Tx tx, Followed what, long cursor) {
        var all = Stream.concat(Stream.of(what.objects()), what.touches().stream()).flatMap(feed -> store.after(tx, feed, cursor, most + 1).stream())
                .sorted(Comparator.comparingLong(Entry::position)).toList();
        var more = all.size() > most;
        var entries = more ? all.subList(0, most) : all;
        return new Page(entries, more ? entries.getLast().position() : store.end(tx), more);
    }

    private <T> List<Item<T>> items(Tx tx, Followed what, SyncToken at, Page page, Reader<T> reader) {
        var ids = new LinkedHashSet<String>();
        page.entries().forEach(entry -> ids.add(entry.objectId()));
        if (ids.isEmpty()) {
            return List.of();
        }
        var entries = store.entries(tx, what.objects(), ids);
        var from = at.from() == Long.MIN_VALUE ? Instant.MIN : Instant.ofEpochMilli(at.from());
        var states = reader.read(tx, ids.stream().filter(id -> entries.containsKey(id) && entries.get(id).state() == State.LIVE).toList(), from);
        return ids.stream().map(entries::get).filter(entry -> entry != null && entry.first() <= page.end()).flatMap(entry -> {
            if (entry.state() == State.GONE) {
                return entry.first() > at.cursor() ? Stream.of() : Stream.of(new Item<T>(entry.objectId(), ChangeType.DELETED, Optional.empty()));
            }
            var change = entry.first() > at.base() ? ChangeType.CREATED : ChangeType.UPDATED;
            return Optional.ofNullable(states.get(entry.objectId())).map(state -> new Item<>(entry.objectId(), change, Optional.of(state))).stream();
        }).toList();
    }

    /** Objects stay new to the client until it has caught up. */
    private static SyncToken reached(SyncToken at, Page page) {
        return new SyncToken(at.userId(), at.name(), page.more() ? at.base() : page.end(), page.end(), Math.max(at.floor(), page.end()), at.from());
    }
}
