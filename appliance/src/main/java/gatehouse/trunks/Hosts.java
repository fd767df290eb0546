package gatehouse.trunks;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Names and addresses of providers, as text. Looks nothing up. */
final class Hosts {
    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile("(?i)(?=.{1,253}$)(" + LABEL + "\\.)*" + LABEL + "\\.?");
    private static final Pattern NUMBERS = Pattern.compile("[0-9.]+");
    private static final Pattern SEPARATORS = Pattern.compile("[;,\\s]+");

    private Hosts() {
    }

    /** A host's name (RFC 1123) or an IP address; IPv6 with brackets or without. */
    static boolean isHost(String text) {
        return isAddress(text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text)
                || NAME.matcher(text).matches() && !NUMBERS.matcher(text).matches();
    }

    static boolean isAddress(String text) {
        try {
            return text.indexOf('%') < 0 && InetAddress.ofLiteral(text) != null && (text.indexOf(':') >= 0 || text.split("\\.", -1).length == 4);
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    /** An address, or a network such as 192.0.2.0/24. */
    static boolean isNetwork(String text) {
        var slash = text.indexOf('/');
        if (slash < 0) {
            return isAddress(text);
        }
        var bits = text.substring(slash + 1);
        return isAddress(text.substring(0, slash)) && bits.matches("[0-9]{1,3}") && Integer.parseInt(bits) <= (text.indexOf(':') >= 0 ? 128 : 32);
    }

    /** What stands between semicolons, commas or spaces. */
    static List<String> list(String text) {
        return Arrays.stream(SEPARATORS.split(text)).filter(one -> !one.isEmpty()).toList();
    }
}
