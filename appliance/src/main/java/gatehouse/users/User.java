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
    public boolean dnd() {
        return settings.path("enable_dnd").asBoolean();
    }

    /** As the console and the log name this user. */
    public String label() {
        return extensionNumber.map(number -> number + " ").orElse("") + displayName;
    }
}
