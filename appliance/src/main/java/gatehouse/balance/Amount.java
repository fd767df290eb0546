package gatehouse.balance;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.core.Problem;
import gatehouse.core.ProblemException;
import java.math.BigDecimal;

/** Money, in whole hundred-thousandths: exact, whatever is added. */
public record Amount(long hundredThousandths) implements Comparable<Amount> {
    public static final Amount NOTHING = new Amount(0);
    private static final int DECIMALS = 5;
    private static final BigDecimal MOST = new BigDecimal("1000000000"); // a billion; sums of thousands of those still fit a long

    /** @throws ProblemException when it has more decimal places, or is larger than anybody has */
    static Amount of(JsonNode number) {
        var given = number.decimalValue().stripTrailingZeros();
        if (given.scale() > DECIMALS) {
            throw Problem.invalid("balance", "decimals", "balance may have " + DECIMALS + " decimal places.").raise();
        }
        if (given.abs().compareTo(MOST) > 0) {
            throw Problem.invalid("balance", "maximum", "balance may be at most " + MOST + ".").raise();
        }
        return new Amount(given.movePointRight(DECIMALS).longValueExact());
    }

    BigDecimal decimal() {
        return BigDecimal.valueOf(hundredThousandths, DECIMALS);
    }

    public Amount plus(Amount other) {
        return new Amount(Math.addExact(hundredThousandths, other.hundredThousandths));
    }

    Amount minus(Amount other) {
        return new Amount(Math.subtractExact(hundredThousandths, other.hundredThousandths));
    }

    @Override
    public int compareTo(Amount other) {
        return Long.compare(hundredThousandths, other.hundredThousandths);
    }

    @Override
    public String toString() {
        return decimal().toPlainString();
    }
}
