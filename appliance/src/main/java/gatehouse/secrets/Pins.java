package gatehouse.secrets;

import gatehouse.core.Problem;
import java.util.Optional;

/** The contract's rule of PINs. */
public final class Pins {
    private Pins() {
    }

    /** 6–10 digits, no three equal or consecutive ones in a row. @param field the contract's name of it */
    public static Optional<Problem> check(String field, String pin) {
        if (!pin.matches("\\d{6,10}")) {
            return Optional.of(Problem.invalid(field, "pattern", field + " must have 6 to 10 digits."));
        }
        for (int i = 2; i < pin.length(); i++) {
            var step = pin.charAt(i) - pin.charAt(i - 1);
            if (step == pin.charAt(i - 1) - pin.charAt(i - 2) && step >= -1 && step <= 1) {
                return Optional.of(Problem.invalid(field, "sequence", field + " may not have three equal or three consecutive digits in a row."));
            }
        }
        return Optional.empty();
    }
}
