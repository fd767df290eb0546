package gatehouse.queues;

/** An agent as others see it: the kept state, overlaid by what its phone does now. */
public enum AgentStatus {
    READY, NOT_READY, WRAP_UP, BREAK, LUNCH, LOGGED_OUT,
    /** On a call of this queue. */
    QUEUE_CALL,
    /** On any other call. */
    OTHER_CALL,
    /** No phone is registered. */
    OFFLINE
}
