package gatehouse.queues;

/** What an agent chose last, or what the queue chose for it. Kept, queue by queue. */
public enum AgentState {
    READY, NOT_READY, WRAP_UP, BREAK, LUNCH, LOGGED_OUT;

    /** The word of the contract for signing in, which is never a state. */
    static final String LOGGED_IN = "LOGGED_IN";

    /** @param word a state or LOGGED_IN; @param autoReady whether who signs in to this queue is ready at once */
    static AgentState of(String word, boolean autoReady) {
        return word.equals(LOGGED_IN) ? signedIn(autoReady) : valueOf(word);
    }

    static AgentState signedIn(boolean autoReady) {
        return autoReady ? READY : NOT_READY;
    }
}
