package gatehouse.meetings;

import java.time.Instant;

/** What was said in a room, once. @param read whether somebody marked it as heard */
public record RoomRecording(String id, String roomId, String fileId, Instant answeredAt, Instant endedAt, boolean read) { }
