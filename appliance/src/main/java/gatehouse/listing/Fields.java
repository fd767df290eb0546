package gatehouse.listing;

import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A list's fields by name, and how to complain of a request that does not fit them. Immutable. */
final class Fields {
    private final Map<String, Field> byName = new LinkedHashMap<>();

    Fields(List<Field> fields) {
        for (var field : fields) {
            if (byName.put(field.name(), field) != null) {
                throw new IllegalArgumentException("The field " + field.name() + " is there twice");
            }
        }
    }

    Optional<Field> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Field get(String name) {
        return named(name).orElseThrow(() -> new IllegalArgumentException("This list has no field " + name));
    }

    Collection<Field> all() {
        return byName.values();
    }

    List<Field> searched() {
        return byName.values().stream().filter(Field::searched).toList();
    }

    /** @param option the request's option: filter or orderby */
    Problem unknown(String option, int position, String name) {
        return problem(option, "unknown", position, "This list has no field " + name + " (at character " + position + "); it has "
                + String.join(", ", byName.keySet()) + ".");
    }

    static Problem problem(String option, String rule, int position, String message) {
        return new Problem(Code.VALIDATE_FAILED, message, Map.of("field", option, "rule", rule, "position", position));
    }

    static Problem tooMuch(String option, int position, int limit, String what) {
        return new Problem(Code.VALIDATE_FAILED, option + " may have " + limit + " " + what + ".",
                Map.of("field", option, "rule", "limit", "limit", limit, "position", position));
    }
}
