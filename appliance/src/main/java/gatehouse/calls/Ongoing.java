package gatehouse.calls;

/** A call while it lives, whoever drives it. Methods may be called from any thread; they hand over and return. */
interface Ongoing {
    String id();

    LiveCall live();

    boolean involves(String number);

    /** The box stops. */
    void stop();

    /** Somebody who may has it ended. */
    void destroy();
}
