package gatehouse.templates;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A file's text, compiled: what stands there, what is filled in, what depends. Immutable; rendering allocates nothing but its output. */
final class TemplateText {
    sealed interface Part {
        record Literal(String text) implements Part { }

        record Value(String variable) implements Part { }

        /** {@code {IF variable}then{ELSE}otherwise{ENDIF}}; {@code since} is the version of {@code {IF firmware>=…}}, else empty. */
        record Either(String variable, String since, List<Part> then, List<Part> otherwise) implements Part { }

        /** {@code {KEYS first-last at number}each{ENDKEYS}}: once for every key that is set, with the key's own variables named {@code .value} and so on. */
        record Keys(int first, int last, int number, List<Part> each) implements Part { }
    }

    private final List<Part> parts;

    TemplateText(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    List<Part> parts() {
        return parts;
    }

    /** @param values what each variable is; absent means empty */
    void render(StringBuilder out, Format format, Map<String, String> values) {
        render(parts, out, format, values, "");
    }

    /** @param key the {@code blfN} that a loop is at, or empty */
    private static void render(List<Part> parts, StringBuilder out, Format format, Map<String, String> values, String key) {
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case Part.Literal(var text) -> out.append(text);
                case Part.Value(var variable) -> format.write(out, variable, values.getOrDefault(named(variable, key), ""));
                case Part.Either(var variable, var since, var then, var otherwise) -> {
                    var value = values.get(named(variable, key));
                    render((since.isEmpty() ? holds(value) : isSince(value, since)) ? then : otherwise, out, format, values, key);
                }
                case Part.Keys keys -> render(keys, out, format, values);
            }
        }
    }

    private static void render(Part.Keys keys, StringBuilder out, Format format, Map<String, String> values) {
        for (int n = keys.first(); n <= keys.last(); n++) {
            if (holds(values.get("blf" + n))) {
                var own = new HashMap<>(values);
                own.put("blf" + n + ".number", Integer.toString(n - keys.first() + keys.number()));
                render(keys.each(), out, format, own, "blf" + n);
            }
        }
    }

    private static String named(String variable, String key) {
        return variable.startsWith(".") ? key + variable : variable;
    }

    /** Numbers between dots, compared one by one. A phone that does not say what it runs counts as one that runs the newest. */
    private static boolean isSince(String version, String since) {
        if (!holds(version)) {
            return true;
        }
        var own = version.split("\\D+");
        var wanted = since.split("\\.");
        for (int i = 0; i < wanted.length; i++) {
            var difference = number(own, i) - number(wanted, i);
            if (difference != 0) {
                return difference > 0;
            }
        }
        return true;
    }

    private static long number(String[] parts, int i) {
        return i >= parts.length || parts[i].isEmpty() ? 0 : Long.parseLong(parts[i].substring(0, Math.min(parts[i].length(), 9)));
    }

    private static boolean holds(String value) {
        return value != null && !value.isEmpty() && !value.equals("0");
    }
}
