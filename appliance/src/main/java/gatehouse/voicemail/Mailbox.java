package gatehouse.voicemail;

/** Whose messages and greetings. */
public sealed interface Mailbox {
    String id();

    /** @param id the user's */
    record Own(String id) implements Mailbox { }

    /** @param id the shared voicemail's */
    record Shared(String id) implements Mailbox { }
}
