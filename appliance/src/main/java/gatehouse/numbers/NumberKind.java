package gatehouse.numbers;

/** What an extension number can belong to. The first five are the contract's words for it (area extension); the others are never told by it. */
public enum NumberKind {
    EXTENSION, RING_GROUP, CALL_QUEUE, CONFERENCE_ROOM, VIRTUAL_RECEPTIONIST, PARK_SLOT, HOT_DESKING, SERVICE, SHARED_VOICEMAIL, VOICEMAIL;

    /** In a sentence. */
    String words() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }
}
