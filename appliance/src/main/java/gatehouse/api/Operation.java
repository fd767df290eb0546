package gatehouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One operation of the OpenAPI document.
 *
 * @param segments   the path's parts; one in braces matches any value
 * @param permission {@code none}, {@code self} or a permission of the contract's tree
 * @param body       the request's schema, if it takes a body
 * @param bodyRequired whether a request without a body is refused
 * @param form       whether the body is a form instead of JSON
 * @param success    the status of an answer when all is well
 * @param answer     the schema of a JSON answer, if there is one
 */
record Operation(String id, String method, String path, List<String> segments, String permission, List<JsonNode> parameters,
                 Optional<JsonNode> body, boolean bodyRequired, boolean form, int success, Optional<JsonNode> answer) {
    static final String OPEN = "none";
    static final String SIGNED_IN = "self";

    boolean isOpen() {
        return permission.equals(OPEN);
    }

    static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    static String variable(String segment) {
        return segment.substring(1, segment.length() - 1);
    }
}
