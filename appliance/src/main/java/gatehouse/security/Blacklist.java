package gatehouse.security;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.core.Remembered;
import gatehouse.numbering.NumberMask;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Callers from outside who are not put through, for ever or until a day. Thread-safe. */
final class Blacklist implements Kind.Rules {
    static final String TABLE = "blacklisted_numbers";
    private static final String UNTIL = "expire_at";
    private static final int MOST = 10_000;

    private record Entry(NumberMask mask, Optional<Instant> until) { }

    private final Resources numbers;
    private final Clock clock;
    private final Remembered<List<Entry>> entries;

    Blacklist(Keeping keeping) {
        clock = keeping.clock();
        numbers = keeping.of(Kind.of(TABLE, "BLACKLISTED_NUMBER", "blacklisted number", "number").required("number").unique("number").most(MOST)
                .rules(this));
        entries = new Remembered<>(() -> numbers.all(Resources.COMPANY).stream().flatMap(number -> NumberMask.of(number.text("number")).stream()
                .map(mask -> new Entry(mask, expiry(number)))).toList());
    }

    Resources resources() {
        return numbers;
    }

    String create(Actor actor, ObjectNode fields) {
        return numbers.create(actor, Resources.COMPANY, inUtc(fields)).id();
    }

    void update(Actor actor, String id, ObjectNode changes) {
        numbers.update(actor, Resources.COMPANY, id, inUtc(changes));
    }

    /** Masks of those that hold at {@code now}. */
    Stream<NumberMask> active(Instant now) {
        return entries.get().stream().filter(entry -> entry.until().map(now::isBefore).orElse(true)).map(Entry::mask);
    }

    private static Optional<Instant> expiry(Resource number) {
        return Optional.ofNullable(number.document().path(UNTIL).textValue()).map(Instant::parse);
    }

    private static ObjectNode inUtc(ObjectNode fields) {
        if (!fields.path(UNTIL).isTextual()) {
            return fields;
        }
        try {
            return fields.deepCopy().put(UNTIL, Json.time(OffsetDateTime.parse(fields.get(UNTIL).textValue()).toInstant()));
        } catch (DateTimeException e) {
            throw Problem.invalid(UNTIL, "format", UNTIL + " must be a time such as 2026-01-31T08:00:00Z.").raise();
        }
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        var number = draft.text("number");
        problems.addIf(!number.isEmpty() && NumberMask.of(number).isEmpty(), "number", "pattern",
                "number must be a telephone number; * stands for any one digit, 1000-2000 for a range, and ; goes between several.");
        var until = expiry(draft);
        var changed = before.isEmpty() || !expiry(before.get()).equals(until);
        problems.addIf(changed && until.isPresent() && !until.get().isAfter(clock.instant()), UNTIL, "past", UNTIL
                + " is over already; choose a later time.");
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        tx.afterCommit(entries::changed);
    }

    @Override
    public void removing(Tx tx, Resource gone) {
        tx.afterCommit(entries::changed);
    }
}
