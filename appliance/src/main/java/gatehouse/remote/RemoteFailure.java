package gatehouse.remote;

/** A service elsewhere did not answer, or not in a way that makes sense; in words for a person. */
public final class RemoteFailure extends Exception {
    public RemoteFailure(String message) {
        super(message);
    }

    RemoteFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
