package gatehouse.users;

import gatehouse.core.Problem;
import gatehouse.secrets.Pins;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The contract's "Rules of the user area" that a schema cannot say. Each gives the problem, or nothing. */
final class UserRules {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_'\\-](?:[\\p{L}\\p{N}_'.\\-]*[\\p{L}\\p{N}_'\\-])?");
    private static final Set<String> RESERVED = Set.of("admin", "system", "administrator", "root");
    private static final Pattern EMAIL = Pattern.compile("[^@\\s<>]+@[^@\\s<>]+");

    /** Fields that may be changed, but not cleared. */
    static final List<String> NEVER_NULL = List.of("email", "display_name", "enabled", "voicemail_pin");

    private UserRules() {
    }

    static Optional<Problem> name(String name) {
        if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            return Optional.of(Problem.invalid("name", "reserved", "The name " + name + " is reserved; choose another."));
        }
        return NAME.matcher(name).matches() ? Optional.empty() : Optional.of(Problem.invalid("name", "pattern",
                "A name has letters, digits, _ - ' and dots, and neither begins nor ends with a dot."));
    }

    static Optional<Problem> email(String email) {
        return EMAIL.matcher(email).matches() ? Optional.empty()
                : Optional.of(Problem.invalid("email", "format", "email must be an address such as name@example.org."));
    }

    static Optional<Problem> pin(String pin) {
        return Pins.check("voicemail_pin", pin);
    }

    /** What a password may not contain. */
    static List<String> words(String name, Optional<String> number, String email) {
        return List.of(name, number.orElse(""), email.split("@", 2)[0]);
    }
}
