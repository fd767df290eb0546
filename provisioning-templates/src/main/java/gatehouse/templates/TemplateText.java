package gatehouse.templates;

import java.util.List;

/** A file's text, compiled: what stands there, what is filled in, what depends. Immutable, thread-safe. */
final class TemplateText {
    /** No phone reads a larger file; a template whose loops make one would only cost the box its memory. */
    static final int MOST_RENDERED = 2_000_000;

    sealed interface Part {
        record Literal(String text) implements Part { }

        record Value(String variable) implements Part { }

        /** {@code %%Number*3+298%%}: where a phone numbers its settings. */
        record Sum(String variable, int times, int plus) implements Part { }

        /** {@code {IF variable}then{ELSE}otherwise{ENDIF}}; {@code since} is the version of {@code {IF firmware>=…}}, else empty. */
        record Either(String variable, String since, List<Part> then, List<Part> otherwise) implements Part { }

        /**
         * {@code {KEYS first-last at number}each{ELSE}none{ENDKEYS}}: once for every key, {@code each} for one that is set, with the key's own
         * variables named {@code .value} and so on.
         */
        record Keys(int first, int last, int number, List<Part> each, List<Part> none) implements Part { }

        /** {@code {LINES}each{ELSE}none{ENDLINES}}: once for every place that the model has for an account. */
        record Lines(List<Part> each, List<Part> none) implements Part { }
    }

    private final List<Part> parts;

    TemplateText(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /** @throws UnrenderableException when a secret does not fit the format, or the text is too large */
    void render(StringBuilder out, Format format, Scope scope) {
        render(parts, out, format, scope);
    }

    private static void render(List<Part> parts, StringBuilder out, Format format, Scope scope) {
        for (int i = 0; i < parts.size(); i++) {
            switch (parts.get(i)) {
                case Part.Literal(var text) -> out.append(text);
                case Part.Value(var variable) -> format.write(out, variable, scope.value(variable));
                case Part.Sum(var variable, var times, var plus) -> out.append(scope.count(variable) * times + plus);
                case Part.Either(var variable, var since, var then, var otherwise) -> {
                    var value = scope.value(variable);
                    render((since.isEmpty() ? holds(value) : isSince(value, since)) ? then : otherwise, out, format, scope);
                }
                case Part.Keys keys -> render(keys, out, format, scope);
                case Part.Lines(var each, var none) -> {
                    for (int place = 0; place < scope.lines().size(); place++) {
                        render(scope.lines().get(place) == null ? none : each, out, format, scope.atLine(place));
                    }
                }
            }
            if (out.length() > MOST_RENDERED) {
                throw new UnrenderableException("The template makes a file of more than " + MOST_RENDERED + " characters, which no phone reads.");
            }
        }
    }

    private static void render(Part.Keys keys, StringBuilder out, Format format, Scope scope) {
        for (int n = keys.first(); n <= keys.last(); n++) {
            var name = "blf" + n;
            render(holds(scope.value(name)) ? keys.each() : keys.none(), out, format, scope.atKey(name, n - keys.first() + keys.number()));
        }
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
        return !value.isEmpty() && !value.equals("0");
    }
}
