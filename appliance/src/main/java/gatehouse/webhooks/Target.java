package gatehouse.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** One hook as the company set it. @param password,token in clear: only ever kept in memory */
record Target(String url, Auth auth, String username, String password, String token) {
    /** How the box says who it is; the contract's words. */
    enum Auth { DISABLE, BASIC, DIGEST, BEARER }

    /** @return empty while it is off */
    static Optional<Target> of(JsonNode hook) {
        return !hook.path("enabled").asBoolean() || !hook.path("url").isTextual() ? Optional.empty()
                : Optional.of(new Target(withScheme(hook.get("url").textValue()), Auth.valueOf(hook.path("auth").asText("DISABLE")), hook.path("username").asText(""),
                hook.path("password").asText(""), hook.path("token").asText("")));
    }

    /** A host alone may be named; then it is spoken to in secret. */
    private static String withScheme(String url) {
        return url.contains("://") ? url : "https://" + url;
    }
}
