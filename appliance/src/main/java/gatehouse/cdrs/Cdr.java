package gatehouse.cdrs;

import gatehouse.calls.CallRecord;

/** A stored call record. */
record Cdr(String id, CallRecord call) {
    /** Between users of this box every call is one between extensions; trunks bring the other directions. */
    static final String DIRECTION = "EXTENSION_CALL";
}
