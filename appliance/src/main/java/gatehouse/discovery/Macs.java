package gatehouse.discovery;

import gatehouse.core.Problem;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** MACs as they stand in file names and User-Agents. */
final class Macs {
    private static final Pattern MAC = Pattern.compile("(?i)(?:\\bMAC[:=]?|(?<![0-9a-z]))([0-9a-f]{12}|(?:[0-9a-f]{2}[:\\-]){5}[0-9a-f]{2})(?![0-9a-f])");
    /** Makers put a word of theirs right before it, which may end in a letter that is a digit too: {@code cfg}, {@code spa}, {@code MAC}. */
    private static final Pattern IN_FILE = Pattern.compile(
            "(?i)(?:^|[^0-9a-z]|cfg|config|spa|mac|sep|algom?)([0-9a-f]{12}|(?:[0-9a-f]{2}[_\\-]){5}[0-9a-f]{2})(?![0-9a-f])");
    /** A Yealink's file for all phones of a model: {@code y} and the model's code, which looks like a MAC. */
    private static final Pattern OF_MODEL = Pattern.compile("(?i)y\\d{12}\\.\\w+");

    private Macs() {
    }

    static Set<String> inAgent(String userAgent) {
        var all = new LinkedHashSet<String>();
        MAC.matcher(userAgent).results().forEach(found -> all.add(normal(found.group(1))));
        return all;
    }

    /** Empty when the file is for more than one phone. */
    static Set<String> inFile(String name) {
        var all = new LinkedHashSet<String>();
        if (!OF_MODEL.matcher(name).matches()) {
            IN_FILE.matcher(name).results().forEach(found -> all.add(normal(found.group(1))));
        }
        all.remove("000000000000"); // Poly's file for all
        return all;
    }

    /** @throws gatehouse.core.ProblemException when it is none */
    static String parse(String text) {
        var mac = normal(text);
        if (!mac.matches("[0-9a-f]{12}")) {
            throw Problem.invalid("mac", "format", "A MAC has twelve hex digits, such as 00:15:65:aa:bb:cc; " + text + " is none.").raise();
        }
        return mac;
    }

    private static String normal(String text) {
        return text.replaceAll("[:_\\-]", "").toLowerCase(Locale.ROOT);
    }
}
