package gatehouse.audit;

import java.time.Instant;

/** Something that happened to the box. @param source which part tells it, in capitals */
record EventEntry(String id, Instant createdAt, EventLog.Level level, String source, String message) {
}
