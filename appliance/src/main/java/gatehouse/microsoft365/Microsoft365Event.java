package gatehouse.microsoft365;

import gatehouse.core.Event;

/** What synchronising with Microsoft 365 came to. */
public sealed interface Microsoft365Event extends Event {
    /** It changed something. @param what in words */
    record Synchronised(String what) implements Microsoft365Event { }

    /** It failed, after it had not before. */
    record Failed(String why) implements Microsoft365Event { }
}
