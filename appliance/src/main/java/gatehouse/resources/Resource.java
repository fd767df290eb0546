package gatehouse.resources;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One resource.
 *
 * @param owner    whose it is, where a kind has owners (a user's id, a parent's id); else empty
 * @param document its fields by the contract's names, without secrets; not to be changed by who reads it
 * @param secrets  its secrets, sealed; null for none
 */
public record Resource(String id, String owner, ObjectNode document, byte[] secrets, Instant createdAt, Instant updatedAt) {
    /** A field's text; empty when absent or null. */
    public String text(String field) {
        return document.path(field).asText("");
    }

    /** The document with the id in it, for an answer; a copy. */
    public ObjectNode json() {
        return document.deepCopy().put("id", id);
    }
}
