package gatehouse.company;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Settings as they would stand. @param secrets the same tree as the document, with its secret leaves alone */
record SettingsDraft(ObjectNode document, ObjectNode secrets) {
    private static final List<String> HOOKS = List.of("cdr_event", "extension_event");
    private static final List<String> HOOK_SECRETS = List.of("password", "token");
    private static final String SIGNING_KEY = "stir_shaken_key";

    /** What is given replaces; an explicit null clears; what is left out stays – the secrets inside an event's settings too. */
    SettingsDraft with(ObjectNode body) {
        var next = new SettingsDraft(document.deepCopy(), secrets.deepCopy());
        body.deepCopy().properties().forEach(field -> next.set(field.getKey(), field.getValue()));
        return next;
    }

    private void set(String name, JsonNode value) {
        if (name.equals(SIGNING_KEY)) {
            put(secrets, name, value);
            return;
        }
        if (HOOKS.contains(name) && value instanceof ObjectNode hook) {
            HOOK_SECRETS.stream().filter(hook::has).forEach(secret -> put(secrets.withObjectProperty(name), secret, hook.remove(secret)));
        } else if (HOOKS.contains(name)) {
            secrets.remove(name);
        }
        put(document, name, value);
    }

    private static void put(ObjectNode into, String name, JsonNode value) {
        if (value.isNull()) {
            into.remove(name);
        } else {
            into.set(name, value);
        }
    }

    /** The document with its secrets where they belong, for who may see them. */
    ObjectNode whole() {
        var whole = document.deepCopy();
        secrets.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode inner) {
                whole.withObjectProperty(field.getKey()).setAll(inner);
            } else {
                whole.set(field.getKey(), field.getValue());
            }
        });
        return whole;
    }
}
