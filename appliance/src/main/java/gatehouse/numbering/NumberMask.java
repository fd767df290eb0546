package gatehouse.numbering;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which numbers something is for, as this API family writes it: alternatives between semicolons, each a number ({@code 6000}), a range
 * ({@code 1000-2000}) or a number with wildcards. {@code *} and {@code ?} stand for one digit each, so {@code 0044*} has five. Immutable.
 */
public record NumberMask(List<Part> parts) {
    /** The most alternatives one mask has. */
    public static final int MOST_PARTS = 200;
    private static final Pattern NUMBER = Pattern.compile("\\+?[0-9*?#]{1,32}");
    private static final Pattern DIGITS = Pattern.compile("\\+?[0-9]{1,32}");

    /** One alternative: all numbers of one length, from the lowest to the highest, whose digits fit. */
    public record Part(String low, String high, String pattern) {
        boolean fits(String number) {
            return number.length() == low.length() && number.compareTo(low) >= 0 && number.compareTo(high) <= 0
                    && (pattern.isEmpty() || alike(number));
        }

        private boolean alike(String number) {
            for (int i = 0; i < pattern.length(); i++) {
                if (pattern.charAt(i) == '?' ? !Character.isDigit(number.charAt(i)) : pattern.charAt(i) != number.charAt(i)) {
                    return false;
                }
            }
            return true;
        }

        boolean covers(Part other) {
            return pattern.isEmpty() && low.length() == other.low.length() && low.compareTo(other.low) <= 0 && high.compareTo(other.high) >= 0;
        }
    }

    public NumberMask {
        parts = List.copyOf(parts);
    }

    /** Empty when the text is no mask. Spaces are left aside; a + before a number is too, and the number may come with or without it. */
    public static Optional<NumberMask> of(String text) {
        var parts = new ArrayList<Part>();
        for (var one : text.replace(" ", "").split("[;,]")) {
            if (one.isEmpty()) {
                continue;
            }
            var part = part(one);
            if (part.isEmpty() || parts.size() == MOST_PARTS) {
                return Optional.empty();
            }
            parts.add(part.get());
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(new NumberMask(parts));
    }

    private static Optional<Part> part(String text) {
        var dash = text.indexOf('-');
        if (dash >= 0) {
            var low = bare(text.substring(0, dash));
            var high = bare(text.substring(dash + 1));
            return DIGITS.matcher(low).matches() && DIGITS.matcher(high).matches() && low.length() == high.length() && low.compareTo(high) <= 0
                    ? Optional.of(new Part(low, high, "")) : Optional.empty();
        }
        if (!NUMBER.matcher(text).matches()) {
            return Optional.empty();
        }
        var pattern = bare(text).replace('*', '?');
        return Optional.of(pattern.contains("?") ? new Part(pattern.replace('?', '0'), pattern.replace('?', '9'), pattern)
                : new Part(pattern, pattern, ""));
    }

    private static String bare(String number) {
        return number.startsWith("+") ? number.substring(1) : number;
    }

    public boolean fits(String number) {
        var bare = bare(number);
        return parts.stream().anyMatch(part -> part.fits(bare));
    }

    /** Whether one of the ways to write a number fits. */
    public boolean fitsAny(Collection<String> forms) {
        return forms.stream().anyMatch(this::fits);
    }

    /** Whether every number of {@code other} is one of these. Only plain numbers and ranges cover others, as pools have them. */
    public boolean covers(NumberMask other) {
        return other.parts.stream().allMatch(wanted -> parts.stream().anyMatch(part -> part.covers(wanted)));
    }

    /** Plain numbers and ranges alone, as a pool must be. */
    public boolean isPool() {
        return parts.stream().allMatch(part -> part.pattern.isEmpty() && DIGITS.matcher(part.low).matches());
    }

    /** How many digits the widest alternative leaves open: the fewer, the more exactly it says what is meant. */
    public int openness() {
        return parts.stream().mapToInt(part -> {
            int same = 0;
            while (same < part.low.length() && part.low.charAt(same) == part.high.charAt(same)) {
                same++;
            }
            return part.low.length() - same;
        }).max().orElse(0);
    }
}
