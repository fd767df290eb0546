package gatehouse.voicemail;

/**
 * What a caller hears before the tone.
 *
 * @param enabled whether it is the one that is heard
 */
public record Greeting(String id, Mailbox mailbox, boolean enabled, String fileId) { }
