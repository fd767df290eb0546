package gatehouse.cdrs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.calls.CallRecord;
import gatehouse.calls.EndReason;
import gatehouse.cdrs.CallCriteria.Duration;
import gatehouse.cdrs.CallCriteria.Party;
import gatehouse.cdrs.CallCriteria.State;
import gatehouse.cdrs.CallCriteria.Which;
import gatehouse.cdrs.CallSearchStore.Place;
import gatehouse.changes.ChangeStore;
import gatehouse.changes.Changes;
import gatehouse.store.SqliteStore;
import gatehouse.testkit.ManualTimers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallSearchStoreTest {
    private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
    private static final Party ANYBODY = new Party(Which.ANY, "");
    @TempDir
    private Path folder;
    private SqliteStore store;
    private CallSearchStore search;
    private CdrStore cdrs;

    @BeforeEach
    void open() {
        store = new SqliteStore(folder.resolve("box.db"));
        cdrs = new CdrStore(store, new Changes(new ChangeStore(store), new ManualTimers(), Clock.systemUTC()));
        search = new CallSearchStore(store);
        call("a", "101", "102", 5, 60);
        call("b", "102", "103", 20, 0);
        call("c", "1010", "101", 1, 300);
        call("d", "99", "110", 30, 10);
        call("e", "x101", "102", 2, 0);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /** All begin at the same moment, the hardest order to keep a place in. */
    private void call(String id, String caller, String callee, int rung, int talked) {
        var over = START.plusSeconds(rung);
        cdrs.insert(new Cdr(id, Optional.of("session-" + id), new CallRecord(id, caller, "", callee, "", callee, START, Optional.of(START),
                talked == 0 ? Optional.empty() : Optional.of(over), over.plusSeconds(talked), 200, Optional.of(EndReason.CALLER_DISCONNECTED))), List.of());
    }

    private String found(CallCriteria criteria) {
        var all = new ArrayList<String>();
        var place = Place.FIRST;
        for (var part = search.after(criteria, place, 2); !part.isEmpty(); part = search.after(criteria, place, 2)) {
            part.forEach(found -> all.add(found.call().callId()));
            place = part.getLast().place();
        }
        assertEquals(all.size(), search.count(criteria, 100));
        return String.join("", all);
    }

    private static CallCriteria criteria(Party caller, Party callee, State state, Duration duration, int least, int most) {
        return new CallCriteria(START, START.plusSeconds(1), caller, callee, state, duration, OptionalInt.of(least), OptionalInt.of(most));
    }

    private String from(Which which, String value) {
        return found(criteria(new Party(which, value), ANYBODY, State.ANY, Duration.ANY, 0, 0));
    }

    @Test
    void calls_come_in_parts_and_each_once() {
        assertEquals("abcde", from(Which.ANY, ""));
        assertEquals(3, search.count(criteria(ANYBODY, ANYBODY, State.ANY, Duration.ANY, 0, 0), 3));
    }

    @Test
    void a_span_has_its_beginning_and_not_its_end() {
        assertEquals("", found(new CallCriteria(START.minusSeconds(1), START, ANYBODY, ANYBODY, State.ANY, Duration.ANY, OptionalInt.empty(), OptionalInt.empty())));
    }

    @Test
    void a_party_is_a_number_a_part_of_one_or_a_range() {
        assertEquals("a", from(Which.NUMBER, "101"));
        assertEquals("ac", from(Which.NUMBERS_START_WITH, "101"));
        assertEquals("ace", from(Which.NUMBERS_CONTAIN, "101"));
        assertEquals("ab", from(Which.EXTENSION_OR_EXTENSION_RANGE, "100-199"));
        assertEquals("bd", from(Which.EXTENSION_OR_EXTENSION_RANGE, "102, 50-99"));
        assertEquals("acd", from(Which.EXTENSION_OR_EXTENSION_RANGE, "99-101,1000-1999"));
        assertEquals("abcde", from(Which.INTERNAL_EXTENSIONS, ""));
        assertEquals("", from(Which.EXTERNAL_NUMBERS, ""));
        assertEquals("c", found(criteria(ANYBODY, new Party(Which.NUMBER, "101"), State.ANY, Duration.ANY, 0, 0)));
        assertEquals("", from(Which.NUMBERS_CONTAIN, "%"));
    }

    @Test
    void answered_or_not_and_how_long() {
        assertEquals("acd", found(criteria(ANYBODY, ANYBODY, State.ANSWERED, Duration.ANY, 0, 0)));
        assertEquals("be", found(criteria(ANYBODY, ANYBODY, State.NOT_ANSWERED, Duration.ANY, 0, 0)));
        assertEquals("ad", found(criteria(ANYBODY, ANYBODY, State.ANY, Duration.TALK_DURATION, 10, 60)));
        assertEquals("ab", found(criteria(ANYBODY, ANYBODY, State.ANY, Duration.RING_DURATION, 5, 20)));
    }
}
