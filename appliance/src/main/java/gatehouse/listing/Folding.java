package gatehouse.listing;

import java.util.HashMap;
import java.util.Map;

/**
 * What "whatever its case" means to the search: letters are equal when Unicode's simple case mapping makes them so, one code point each.
 * A letter outside ASCII never equals one inside (the Kelvin sign is no k), so that a word in ASCII can be left to SQLite's LIKE.
 */
final class Folding {
    private Folding() {
    }

    private static int fold(int letter) {
        if (letter < 0x80) {
            return letter >= 'A' && letter <= 'Z' ? letter + 32 : letter;
        }
        var folded = Character.toLowerCase(Character.toUpperCase(letter));
        return folded < 0x80 ? letter : folded;
    }

    static String fold(String text) {
        return text.codePoints().map(Folding::fold).collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** As SQLite's NOCASE has it, for sorting. */
    static String foldAscii(String text) {
        return text.chars().map(c -> c < 0x80 ? fold(c) : c).collect(StringBuilder::new, (all, c) -> all.append((char) c),
                StringBuilder::append).toString();
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    /** For LIKE with backslash as its escape, which compares ASCII whatever its case; any letter for each beyond ASCII. */
    static String like(String word) {
        var pattern = new StringBuilder("%");
        word.codePoints().forEach(letter -> {
            if (letter == '%' || letter == '_' || letter == '\\') {
                pattern.append('\\');
            }
            pattern.append(letter < 0x80 ? (char) letter : '_');
        });
        return pattern.append('%').toString();
    }

    /** For GLOB, which compares to the letter: each letter as the set of those that are equal to it. */
    static String glob(String word) {
        var pattern = new StringBuilder("*");
        word.codePoints().forEach(letter -> {
            var same = Variants.of(letter);
            if (same.length() > Character.charCount(letter) || letter == '*' || letter == '?' || letter == '[') {
                pattern.append('[').append(same).append(']');
            } else {
                pattern.appendCodePoint(letter);
            }
        });
        return pattern.append('*').toString();
    }

    /** Which letters are equal; worked out when the first search needs it. */
    private static final class Variants {
        private static final Map<Integer, String> BY_FOLDED = new HashMap<>();

        static {
            for (int letter = 0; letter < 0x20000; letter++) { // no script beyond plane 1 has case
                var folded = fold(letter);
                if (folded != letter) {
                    var other = Character.toString(letter);
                    BY_FOLDED.merge(folded, Character.toString(folded) + other, (known, _) -> known + other);
                }
            }
        }

        static String of(int letter) {
            return BY_FOLDED.getOrDefault(fold(letter), Character.toString(letter));
        }
    }
}
