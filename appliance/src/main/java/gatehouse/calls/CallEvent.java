package gatehouse.calls;

import gatehouse.core.Event;

/** What others may hear of calls. */
public sealed interface CallEvent extends Event {
    record Started(LiveCall call) implements CallEvent { }

    record Ringing(LiveCall call) implements CallEvent { }

    record Answered(LiveCall call) implements CallEvent { }

    record Ended(String id, CallRecord record) implements CallEvent { }

    /** @param byNumber who pressed it; @param otherNumber who is at the other end */
    record DigitPressed(String callId, String byNumber, String otherNumber, char digit) implements CallEvent { }
}
