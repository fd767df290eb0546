package gatehouse.outbound;

import java.util.BitSet;
import java.util.Optional;
import java.util.regex.Pattern;

/** How many digits a number may have: {@code 8;10-12}. Immutable. */
record Lengths(BitSet allowed) {
    /** Every number of digits. */
    static final Lengths ANY = new Lengths(new BitSet());
    private static final int LONGEST = 64;
    private static final Pattern PART = Pattern.compile("([0-9]{1,2})(?:-([0-9]{1,2}))?");

    /** Empty when the text says no lengths. */
    static Optional<Lengths> of(String text) {
        var allowed = new BitSet();
        for (var word : OutboundRule.words(text)) {
            var part = PART.matcher(word);
            if (!part.matches()) {
                return Optional.empty();
            }
            var least = Integer.parseInt(part.group(1));
            var most = part.group(2) == null ? least : Integer.parseInt(part.group(2));
            if (least < 1 || most < least || most > LONGEST) {
                return Optional.empty();
            }
            allowed.set(least, most + 1);
        }
        return allowed.isEmpty() ? Optional.empty() : Optional.of(new Lengths(allowed));
    }

    boolean fits(int digits) {
        return allowed.isEmpty() || allowed.get(digits);
    }
}
