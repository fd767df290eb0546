package gatehouse.calls;

/** A call while it lives, whoever drives it. Methods may be called from any thread; they hand over and return. */
interface Ongoing {
    String id();

    LiveCall live();

    boolean involves(String number);

    default boolean isBetween(String number, String other) {
        var call = live();
        return call.caller().equals(number) && call.callee().equals(other) || call.caller().equals(other) && call.callee().equals(number);
    }

    /** The box stops. */
    void stop();

    /** Somebody who may has it ended. */
    void destroy();
}
