package gatehouse.cdrs;

import java.time.Instant;
import java.util.OptionalInt;

/**
 * Which calls a report wants.
 *
 * @param from,to they began at {@code from} or later, and before {@code to}
 * @param least,most seconds, both inclusive
 */
public record CallCriteria(Instant from, Instant to, Party caller, Party callee, State state, Duration duration, OptionalInt least, OptionalInt most) {
    /** The contract's words. */
    public enum Which { ANY, EXTENSION_OR_EXTENSION_RANGE, NUMBER, NUMBERS_START_WITH, NUMBERS_CONTAIN, INTERNAL_EXTENSIONS, EXTERNAL_NUMBERS }

    public enum State { ANY, ANSWERED, NOT_ANSWERED }

    public enum Duration { ANY, RING_DURATION, TALK_DURATION }

    /** @param value a number or part of one; extensions are {@code 101} or {@code 110-120}, with commas between */
    public record Party(Which which, String value) { }
}
