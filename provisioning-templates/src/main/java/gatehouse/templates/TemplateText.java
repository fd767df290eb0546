package gatehouse.templates;

import java.util.List;
import java.util.Map;

/** A file's text, compiled: what stands there, what is filled in, what depends. Immutable; rendering allocates nothing but its output. */
final class TemplateText {
    sealed interface Part {
        record Literal(String text) implements Part { }

        record Value(String variable) implements Part { }

        /** {@code {IF variable}then{ELSE}otherwise{ENDIF}}. */
        record Either(String variable, List<Part> then, List<Part> otherwise) implements Part { }
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
        render(parts, out, format, values);
    }

    private static void render(List<Part> parts, StringBuilder out, Format format, Map<String, String> values) {
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case Part.Literal(var text) -> out.append(text);
                case Part.Value(var variable) -> format.write(out, variable, values.getOrDefault(variable, ""));
                case Part.Either(var variable, var then, var otherwise) -> render(holds(values.get(variable)) ? then : otherwise, out, format, values);
            }
        }
    }

    private static boolean holds(String value) {
        return value != null && !value.isEmpty() && !value.equals("0");
    }
}
