package gatehouse.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * A person.
 *
 * @param extensionNumber empty for an administrator without a phone
 * @param settings        the contract's other fields as they were set; not to be changed by who reads it
 */
public record User(String id, String name, String role, boolean enabled, String displayName, String email, Optional<String> extensionNumber,
                   ObjectNode settings, Instant createdAt) {
    /** What people say of themselves; do not disturb is a switch of its own, so that what was said before is there again once it is off. */
    public enum Presence { AVAILABLE, AWAY, BUSINESS_TRIP, LUNCH }

    static final String PRESENCE = "presence";
    static final String PRESENCE_NOTE = "presence_note";

    public boolean dnd() {
        return settings.path("enable_dnd").asBoolean();
    }

    public Presence presence() {
        return Presence.valueOf(settings.path(PRESENCE).asText(Presence.AVAILABLE.name()));
    }

    public Optional<String> presenceNote() {
        return Optional.ofNullable(settings.path(PRESENCE_NOTE).textValue());
    }

    /** As the console and the log name this user. */
    public String label() {
        return extensionNumber.map(number -> number + " ").orElse("") + displayName;
    }

    User withRole(String other) {
        return new User(id, name, other, enabled, displayName, email, extensionNumber, settings, createdAt);
    }

    User withSettings(ObjectNode others) {
        return new User(id, name, role, enabled, displayName, email, extensionNumber, others, createdAt);
    }
}
