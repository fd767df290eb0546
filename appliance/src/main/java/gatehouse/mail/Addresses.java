package gatehouse.mail;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Mail addresses as text: plain ASCII ones, without quotes and comments, which no provider hands out. */
public final class Addresses {
    private static final Pattern ADDRESS = Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final Pattern NAMED = Pattern.compile("\\s*\"?(?<name>[^<>\"]*?)\"?\\s*<(?<address>[^<>]*)>\\s*");

    private Addresses() {
    }

    public static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /** What stands between semicolons, commas or spaces. */
    public static List<String> list(String text) {
        return Arrays.stream(text.split("[;,\\s]+")).filter(one -> !one.isEmpty()).toList();
    }

    /** A name, an address, or both; a header of it cannot be broken by what a name has in it. */
    record Named(String name, Optional<String> address) {
        static Named of(String text) {
            var both = NAMED.matcher(text);
            if (both.matches() && isAddress(both.group("address"))) {
                return new Named(both.group("name"), Optional.of(both.group("address")));
            }
            return isAddress(text.strip()) ? new Named("", Optional.of(text.strip())) : new Named(text.strip(), Optional.empty());
        }
    }

    /** Whether it can stand as a template's sender. */
    public static boolean isSender(String text) {
        return !hasControl(text) && (Named.of(text).address().isPresent() || text.indexOf('<') < 0 && text.indexOf('>') < 0);
    }

    public static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
