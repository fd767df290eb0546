package gatehouse.numbering;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a dialled number reaches.
 *
 * @param number as dialled, without spaces and other separators
 */
public record Dialled(String number, Reach reach) {
    /** Where it leads. */
    public sealed interface Reach { }

    /** @param e164 digits alone; @param code whose number it is; empty when nobody has such a code */
    public record Abroad(String e164, Optional<String> code) implements Reach { }

    /** Within the country. @param e164 digits alone; empty while the home country is not known, and for short numbers */
    public record Domestic(Optional<String> e164) implements Reach { }

    /** Nothing that a telephone network takes. */
    public record Nowhere() implements Reach { }

    private static final Pattern SEPARATORS = Pattern.compile("[\\s().\\-/]");
    private static final Pattern DIALLABLE = Pattern.compile("\\+?[0-9*#]{1,63}");
    private static final Pattern LONG = Pattern.compile("[1-9][0-9]{11,14}"); // E.164 allows 15 digits; no national number has 12 without its 0
    private static final Pattern SUBSCRIBER = Pattern.compile("[0-9]+");
    private static final int SHORTEST_SUBSCRIBER = 7; // fewer digits are short codes
    private static final int WITH_AREA = 10; // a national number of the countries that share a code: North America, Russia and Kazakhstan

    /** Reads a number as somebody at {@code home} dialled it. */
    public static Dialled of(String text, Home home, Countries countries) {
        var number = plain(text);
        if (!DIALLABLE.matcher(number).matches()) {
            return new Dialled(number, new Nowhere());
        }
        // "8 10" in Russia: the prefix for abroad may begin like the national one, so it is looked at first.
        var abroad = number.startsWith("+") ? Optional.of(number.substring(1)) : home.internationalPrefixes().stream().filter(number::startsWith)
                .findFirst().map(prefix -> number.substring(prefix.length()));
        if (abroad.isPresent()) {
            return international(number, abroad.get(), home, countries);
        }
        if (LONG.matcher(number).matches()) { // a provider that takes it at all takes it as E.164 without its +
            return international(number, number, home, countries);
        }
        return new Dialled(number, national(number, home, countries));
    }

    private static Reach national(String number, Home home, Countries countries) {
        var prefix = home.nationalPrefix();
        var after = !prefix.isEmpty() && number.startsWith(prefix);
        var significant = after ? number.substring(prefix.length()) : number;
        // Without the prefix it is local to an area we do not know; but North America dials ten digits with its 1 or without.
        var whole = after || prefix.isEmpty() || home.code().equals(Optional.of(prefix)) && number.length() == WITH_AREA;
        if (home.code().isEmpty() || !whole || significant.length() < SHORTEST_SUBSCRIBER || !SUBSCRIBER.matcher(significant).matches()) {
            return new Domestic(Optional.empty());
        }
        var e164 = home.code().get() + significant;
        // 876 dialled in New York is Jamaica; but 876 5551 is round the corner.
        return significant.length() < WITH_AREA ? new Domestic(Optional.of(e164)) : international(number, e164, home, countries).reach();
    }

    private static Dialled international(String number, String e164, Home home, Countries countries) {
        var code = countries.codeOf(e164);
        return new Dialled(number, code.isPresent() && code.equals(home.code()) ? new Domestic(Optional.of(e164)) : new Abroad(e164, code));
    }

    /** Without what people write between digits. */
    public static String plain(String text) {
        return SEPARATORS.matcher(text.strip()).replaceAll("");
    }

    /** Its digits after the {@code +}, where they are known. */
    public Optional<String> e164() {
        return switch (reach) {
            case Abroad(var digits, _) -> Optional.of(digits);
            case Domestic(var digits) -> digits;
            case Nowhere() -> Optional.empty();
        };
    }

    /** Every way in which somebody may have written this number down: as it is, and from the + on. */
    public Set<String> forms(Home home) {
        var forms = new LinkedHashSet<String>();
        forms.add(number);
        if (number.startsWith("+")) {
            forms.add(number.substring(1));
        }
        e164().ifPresent(digits -> {
            forms.add("+" + digits);
            forms.add(digits);
            home.internationalPrefixes().forEach(prefix -> forms.add(prefix + digits));
            home.code().filter(digits::startsWith).ifPresent(code -> forms.add(home.nationalPrefix() + digits.substring(code.length())));
        });
        return forms;
    }
}
