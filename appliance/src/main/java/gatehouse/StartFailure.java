package gatehouse;

/** The box could not start; the message says what is in the way and what to do about it. */
public final class StartFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
