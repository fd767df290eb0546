package gatehouse.contacts;

import java.util.Optional;

/**
 * A telephone number as far as it can be compared: the digits that matter. People write the same one as {@code +49 (0)30 123-4567},
 * {@code 0049301234567} and {@code 030 1234567}, and trunks send any of these. Of one that can be dialled from outside, leading zeros (of
 * the country's or the world's trunk prefix) do not count, and two are the same when one ends with the other.
 */
record PhoneNumber(String digits) {
    /** Fewer are an extension, an emergency or a service number, which is only the same as itself. */
    private static final int SHORTEST_FROM_OUTSIDE = 7;
    private static final String BETWEEN = " \u00a0\t-\u2010\u2011\u2013./()";

    /** Empty for what is no number, such as a SIP address with a name. */
    static Optional<PhoneNumber> of(String text) {
        var written = text.strip().replaceFirst("^(?i:tel:|sips?:)", "");
        if (written.startsWith("+") || written.startsWith("00")) {
            written = written.replace("(0)", "");
        }
        var digits = new StringBuilder();
        for (int i = written.startsWith("+") ? 1 : 0; i < written.length(); i++) {
            var letter = written.charAt(i);
            if (letter >= '0' && letter <= '9') {
                digits.append(letter);
            } else if (BETWEEN.indexOf(letter) < 0) {
                break; // an extension behind it, parameters, a domain
            }
        }
        var significant = digits.toString().replaceFirst("^0+", "");
        var kept = significant.length() < SHORTEST_FROM_OUTSIDE ? digits.toString() : significant;
        return kept.isEmpty() ? Optional.empty() : Optional.of(new PhoneNumber(kept));
    }

    /** The last digits: the same for numbers that are the same. */
    String tail() {
        return digits.length() < SHORTEST_FROM_OUTSIDE ? digits : digits.substring(digits.length() - SHORTEST_FROM_OUTSIDE);
    }

    boolean isSame(PhoneNumber other) {
        return digits.equals(other.digits) || tail().length() == SHORTEST_FROM_OUTSIDE && other.tail().length() == SHORTEST_FROM_OUTSIDE
                && (digits.endsWith(other.digits) || other.digits.endsWith(digits));
    }
}
