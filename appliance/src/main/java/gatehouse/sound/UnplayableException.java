package gatehouse.sound;

/** A file that the box cannot play. The message is a sentence for the person who sent it: what it is, and what to send instead. */
public final class UnplayableException extends Exception {
    private static final long serialVersionUID = 1;

    public UnplayableException(String message) {
        super(message, null, false, false);
    }
}
