package gatehouse.hunting;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.core.Problems;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.store.Store.Tx;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What becomes of a caller whom nobody answered, or who calls at night.
 *
 * @param number where to, for the two that forward; else empty
 */
public record ForwardRule(Action action, String number) {
    /** The contract's words; REPEAT is to ring, or to say the menu, all over again; DISA gives the caller a line outside, for receptionists alone. */
    public enum Action {
        FORWARD_TO_NUMBER, FORWARD_TO_VOICEMAIL, REPEAT, HANGUP, DISA;

        boolean forwards() {
            return this == FORWARD_TO_NUMBER || this == FORWARD_TO_VOICEMAIL;
        }
    }

    public static final ForwardRule HANG_UP = new ForwardRule(Action.HANGUP, "");
    private static final Pattern DIALLED = Pattern.compile("\\+?[0-9*#]{1,63}");

    /** Empty when there is none, or it says nothing. */
    public static Optional<ForwardRule> of(JsonNode rule) {
        return Optional.ofNullable(rule.path("action").textValue()).map(Action::valueOf)
                .map(action -> new ForwardRule(action, action.forwards() ? rule.path("number").asText("") : ""));
    }

    /** Adds what is wrong. @param own the number of the group or service whose rule it is */
    public static void check(Tx tx, ExtensionNumbers numbers, String field, JsonNode rule, String own, Problems problems) {
        var given = of(rule);
        if (given.isEmpty() || !given.get().action.forwards()) {
            return;
        }
        var number = given.get().number;
        var where = field + ".number";
        if (number.isBlank()) {
            problems.addIf(true, where, "required", where + " is missing; say where to forward to.");
        } else if (!DIALLED.matcher(number).matches()) {
            problems.addIf(true, where, "pattern", where + " must be a number to dial: digits, * and #, with a + before them or not.");
        } else if (number.equals(own)) {
            problems.addIf(true, where, "loop", where + " is its own number; choose another, or the caller goes round for ever.");
        } else if (given.get().action == Action.FORWARD_TO_VOICEMAIL) {
            problems.addIf(numbers.owner(tx, number).isEmpty(), where, "unknown", "There is no extension " + number
                    + " whose voicemail could take the call.");
        }
    }
}
