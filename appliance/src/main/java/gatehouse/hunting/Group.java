package gatehouse.hunting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;

/** A group as those who belong to it see it. */
public record Group(String id, String name, String number) {
    public ObjectNode json() {
        return Json.object().put("id", id).put("name", name).put("extension_number", number);
    }
}
