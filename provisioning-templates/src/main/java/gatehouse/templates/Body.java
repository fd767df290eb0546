package gatehouse.templates;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The text of a file with its variables: {@code %%name%%}, {@code {IF name}…{ELSE}…{ENDIF}}. Parsed once, rendered often. Immutable.
 */
final class Body {
    private static final Pattern MARK = Pattern.compile("%%([A-Za-z0-9_:]{1,64})%%|\\{IF ([A-Za-z0-9_]{1,64})}|\\{ELSE}|\\{ENDIF}");
    private static final int DEEPEST = 8;

    private sealed interface Part {
        record Text(String text) implements Part { }

        record Variable(String name) implements Part { }

        record Choice(String name, List<Part> whenSet, List<Part> otherwise) implements Part { }
    }

    /** An IF that is still open. */
    private static final class OpenChoice {
        final String name;
        final List<Part> whenSet = new ArrayList<>();
        final List<Part> otherwise = new ArrayList<>();
        boolean inElse;

        OpenChoice(String name) {
            this.name = name;
        }

        List<Part> current() {
            return inElse ? otherwise : whenSet;
        }
    }

    private final List<Part> parts;

    private Body(List<Part> parts) {
        this.parts = parts;
    }

    static Body parse(String text) throws TemplateException {
        var top = new ArrayList<Part>();
        Deque<OpenChoice> open = new ArrayDeque<>();
        var mark = MARK.matcher(text);
        var at = 0;
        while (mark.find()) {
            add(current(top, open), text.substring(at, mark.start()));
            at = mark.end();
            take(mark, top, open);
        }
        add(current(top, open), text.substring(at));
        if (!open.isEmpty()) {
            throw new TemplateException("{IF " + open.peek().name + "} has no {ENDIF}");
        }
        return new Body(List.copyOf(top));
    }

    private static void take(Matcher mark, List<Part> top, Deque<OpenChoice> open) throws TemplateException {
        if (mark.group(1) != null) {
            current(top, open).add(new Part.Variable(mark.group(1)));
        } else if (mark.group(2) != null) {
            if (open.size() == DEEPEST) {
                throw new TemplateException("{IF " + mark.group(2) + "} is nested more than " + DEEPEST + " deep");
            }
            open.push(new OpenChoice(mark.group(2)));
        } else if (open.isEmpty()) {
            throw new TemplateException(mark.group() + " has no {IF …} before it");
        } else if (mark.group().equals("{ELSE}")) {
            if (open.peek().inElse) {
                throw new TemplateException("{IF " + open.peek().name + "} has two {ELSE}");
            }
            open.peek().inElse = true;
        } else {
            var done = open.pop();
            current(top, open).add(new Part.Choice(done.name, List.copyOf(done.whenSet), List.copyOf(done.otherwise)));
        }
    }

    private static List<Part> current(List<Part> top, Deque<OpenChoice> open) {
        return open.isEmpty() ? top : open.peek().current();
    }

    private static void add(List<Part> parts, String text) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
    }

    /** @param escape makes a value safe where it stands; a variable without a value is empty */
    String render(Map<String, String> variables, UnaryOperator<String> escape) {
        var out = new StringBuilder(4096);
        render(parts, variables, escape, out);
        return out.toString();
    }

    private static void render(List<Part> parts, Map<String, String> variables, UnaryOperator<String> escape, StringBuilder out) {
        for (var part : parts) {
            switch (part) {
                case Part.Text(var text) -> out.append(text);
                case Part.Variable(var name) -> out.append(escape.apply(variables.getOrDefault(name, "")));
                case Part.Choice(var name, var whenSet, var otherwise) ->
                        render(variables.getOrDefault(name, "").isEmpty() ? otherwise : whenSet, variables, escape, out);
            }
        }
    }

    /** Every variable it names, for the lint. */
    Set<String> variables() {
        var names = new TreeSet<String>();
        collect(parts, names);
        return names;
    }

    private static void collect(List<Part> parts, Set<String> names) {
        for (var part : parts) {
            switch (part) {
                case Part.Text _ -> { }
                case Part.Variable(var name) -> names.add(name);
                case Part.Choice(var name, var whenSet, var otherwise) -> {
                    names.add(name);
                    collect(whenSet, names);
                    collect(otherwise, names);
                }
            }
        }
    }
}
