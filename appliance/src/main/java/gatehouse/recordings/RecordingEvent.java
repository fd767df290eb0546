package gatehouse.recordings;

import gatehouse.core.Event;

/** What others may hear of recordings. */
public sealed interface RecordingEvent extends Event {
    Recording recording();

    record Kept(Recording recording) implements RecordingEvent { }

    record Deleted(Recording recording) implements RecordingEvent { }
}
