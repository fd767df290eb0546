package gatehouse.voicemail;

import java.time.Duration;
import java.time.Instant;

/**
 * A message.
 *
 * @param sender    the caller's number
 * @param createdAt when the caller began to speak
 */
public record Voicemail(String id, Mailbox mailbox, String sender, String senderName, Instant createdAt, Duration duration, Status status, String fileId,
                        String fileName, long fileSize) {
    /** The contract's words. */
    public enum Status { READ, UNREAD }

    Voicemail with(Status other) {
        return new Voicemail(id, mailbox, sender, senderName, createdAt, duration, other, fileId, fileName, fileSize);
    }
}
