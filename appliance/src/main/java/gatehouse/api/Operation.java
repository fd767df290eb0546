package gatehouse.api;

import java.util.Arrays;
import java.util.List;

/**
 * One operation of the OpenAPI document, as far as it takes to find it and to know who may call it; the rest is read with the first call.
 *
 * @param segments   the path's parts; one in braces matches any value
 * @param permission {@code none}, {@code self}, {@code always} or a permission of the contract's tree
 * @param document   where in the jar its part of the document is
 */
record Operation(String id, String method, String path, List<String> segments, String permission, String document) {
    static final String OPEN = "none";
    static final String SIGNED_IN = "self";
    /** Signed in, even while a password of one's own has to be chosen: what it takes to choose one. */
    static final String ALWAYS = "always";

    static Operation of(String id, String method, String path, String permission, String document) {
        return new Operation(id, method, path, Arrays.asList(path.substring(1).split("/")), permission, document);
    }

    boolean isOpen() {
        return permission.equals(OPEN);
    }

    boolean matches(List<String> parts) {
        if (segments.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (!isVariable(segments.get(i)) && !segments.get(i).equals(parts.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** How many parts are no variables: {@code /users/profile} is nearer than {@code /users/{id}}. */
    long fixed() {
        return segments.stream().filter(segment -> !isVariable(segment)).count();
    }

    static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    static String variable(String segment) {
        return segment.substring(1, segment.length() - 1);
    }
}
