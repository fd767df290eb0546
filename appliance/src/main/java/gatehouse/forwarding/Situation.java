package gatehouse.forwarding;

import java.util.Locale;

/** How a user stands to a call: which of the contract's rules are asked. */
public enum Situation {
    AVAILABLE, BUSY, DND, AWAY, LUNCH, TRIP, OFFLINE;

    String field(boolean officeHours) {
        return name().toLowerCase(Locale.ROOT) + (officeHours ? "_office_hours_forward_rule" : "_non_office_hours_forward_rule");
    }

    /** For the two in which phones ring. */
    String noAnswerField() {
        return name().toLowerCase(Locale.ROOT) + "_no_answer_forward_rule";
    }
}
