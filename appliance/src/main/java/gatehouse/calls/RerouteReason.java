package gatehouse.calls;

/** Why a call went on elsewhere: the contract's words (area cdr). */
public enum RerouteReason {
    TRANSFER,
    /** Nobody took it where it rang before. */
    OVERFLOW
}
