package gatehouse.company;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.core.Problems;
import gatehouse.secrets.PasswordPolicy;

/** The contract's form of a password policy. What was never set is as strict as the contract's defaults. */
final class PasswordRules {
    private static final int SHORTEST = 6;
    private static final int LONGEST = 32;

    private PasswordRules() {
    }

    static PasswordPolicy of(JsonNode document) {
        return new PasswordPolicy(document.path("min_length").asInt(SHORTEST), document.path("max_length").asInt(LONGEST),
                on(document, "contains_letters"), on(document, "contains_numbers"), on(document, "contains_special_letters"),
                on(document, "disable_sequential_characters"), on(document, "disable_repeating_characters"), on(document, "disable_account_information"));
    }

    private static boolean on(JsonNode document, String field) {
        return document.path(field).asBoolean(true);
    }

    static void check(JsonNode draft, Problems problems) {
        var policy = of(draft);
        problems.addIf(policy.minLength() > policy.maxLength(), "min_length", "order", "min_length may not be more than max_length.");
    }
}
