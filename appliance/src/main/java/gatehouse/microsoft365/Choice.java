package gatehouse.microsoft365;

import com.fasterxml.jackson.databind.JsonNode;

/** Whom one part of the company's settings is for: {@code enabled}, {@code sync_type} and {@code selected_users} of the contract. */
record Choice(JsonNode part) {
    boolean enabled() {
        return part.path("enabled").asBoolean();
    }

    /** Everybody, these, or all but these. @param id in Entra */
    boolean covers(String id) {
        return switch (part.path("sync_type").asText("ALL")) {
            case "INCLUDE" -> names(id);
            case "EXCLUDE" -> !names(id);
            default -> true;
        };
    }

    /** Only whom it names. */
    boolean namesAlone() {
        return part.path("sync_type").asText("ALL").equals("INCLUDE");
    }

    boolean names(String id) {
        return part.path("selected_users").valueStream().anyMatch(one -> one.asText().equals(id));
    }
}
