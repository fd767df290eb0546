package gatehouse.audit;

import java.time.Instant;

/** One change. */
record AuditEntry(String id, Instant createdAt, Actor actor, String action, String objectType, String objectName, String oldState, String newState) {
}
