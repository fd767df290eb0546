package gatehouse.calls;

/** Why a call ended: the contract's words (area cdr). */
public enum EndReason {
    CALLER_DISCONNECTED, CALLEE_DISCONNECTED, CANCELLED, REDIRECTED, BLIND_TRANSFER_COMPLETED, CONSULT_TRANSFER_COMPLETED, REPLACED
}
