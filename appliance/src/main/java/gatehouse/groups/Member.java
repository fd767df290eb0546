package gatehouse.groups;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;

/** A user in a group. */
public record Member(String userId, String name, String displayName, String extensionNumber) {
    ObjectNode json() {
        return Json.object().put("id", userId).put("name", name).put("display_name", displayName).put("extension_number", extensionNumber);
    }
}
