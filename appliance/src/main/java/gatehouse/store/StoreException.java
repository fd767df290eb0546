package gatehouse.store;

/** The database could not do what was asked: disk full, damaged file, or a fault in our SQL. The transaction was rolled back. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
