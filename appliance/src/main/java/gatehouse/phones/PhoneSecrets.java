package gatehouse.phones;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;

/** What is sealed of a phone: its web password and the codes of its doors; empty for none. */
public record PhoneSecrets(String password, String doorPassword1, String doorPassword2) {
    static PhoneSecrets of(PhoneSecrets before, ObjectNode body) {
        return new PhoneSecrets(value(body, "password", before.password), value(body, "door_password1", before.doorPassword1),
                value(body, "door_password2", before.doorPassword2));
    }

    private static String value(ObjectNode body, String field, String before) {
        return body.has(field) ? body.get(field).asText("") : before;
    }

    String json() {
        return Json.object().put("password", password).put("door_password1", doorPassword1).put("door_password2", doorPassword2).toString();
    }

    static PhoneSecrets parse(String json) {
        var tree = Json.parse(json);
        return new PhoneSecrets(tree.path("password").asText(), tree.path("door_password1").asText(), tree.path("door_password2").asText());
    }
}
