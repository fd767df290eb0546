package gatehouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** What goes back: a status and, unless it is 204, a JSON body. */
public record Answer(int status, JsonNode body) {
    public static Answer ok(JsonNode body) {
        return new Answer(200, body);
    }

    /** 200 with an empty object, for acts that tell nothing. */
    public static Answer done() {
        return new Answer(200, JsonNodeFactory.instance.objectNode());
    }

    public static Answer created(String id) {
        return new Answer(201, JsonNodeFactory.instance.objectNode().put("id", id));
    }

    public static Answer noContent() {
        return new Answer(204, null);
    }
}
