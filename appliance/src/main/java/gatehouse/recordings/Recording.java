package gatehouse.recordings;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What was recorded of a call.
 *
 * @param caller,callee numbers
 */
public record Recording(String id, String callId, String caller, String callee, Instant startedAt, Instant endedAt) {
    /**
     * One file of it.
     *
     * @param duration of the sound, which may be less than from start to end: recording can pause
     */
    public record Track(String caller, String callee, Instant startedAt, Instant endedAt, Duration duration, String fileId) { }

    /** A recording with its sound. */
    public record Whole(Recording recording, List<Track> tracks) { }
}
