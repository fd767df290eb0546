package gatehouse.changes;

/**
 * Where changes of one kind are written.
 *
 * @param topic the kind of object: {@code contacts}
 * @param owner whose they are; {@link #EVERYBODY} when all may follow them
 */
public record Feed(String topic, String owner) {
    public static final String EVERYBODY = "";

    public static Feed ofAll(String topic) {
        return new Feed(topic, EVERYBODY);
    }
}
