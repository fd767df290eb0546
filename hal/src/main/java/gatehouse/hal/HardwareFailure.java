package gatehouse.hal;

/** Pins or lines that cannot be had; the message says which, why, and what to do. */
public final class HardwareFailure extends RuntimeException {
    private static final long serialVersionUID = 1;

    public HardwareFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
