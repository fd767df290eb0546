package gatehouse.cdrs;

import gatehouse.calls.CallRecord;
import java.util.Optional;

/**
 * A stored call record.
 *
 * @param sessionId the call while it lived; empty for records from before it was kept
 */
record Cdr(String id, Optional<String> sessionId, CallRecord call) {
    /** Between users of this box every call is one between extensions; trunks bring the other directions. */
    static final String DIRECTION = "EXTENSION_CALL";
}
