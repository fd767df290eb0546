package gatehouse.hunting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;

/**
 * One who rings.
 *
 * @param skillLevel 1 to 100, the higher the better; skill-based strategies go by it
 */
public record Member(String userId, String number, String displayName, int skillLevel) {
    public ObjectNode json() {
        return Json.object().put("extension_number", number).put("display_name", displayName).put("skill_level", skillLevel);
    }
}
