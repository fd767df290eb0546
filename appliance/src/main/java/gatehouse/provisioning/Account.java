package gatehouse.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.phones.PhoneSecrets;
import gatehouse.templates.Line;
import java.util.List;
import java.util.Map;

/**
 * Who a phone is to be, at this moment.
 *
 * @param number    empty for a DECT base, which is its handsets' users
 * @param sipSecret in clear: it goes into the phone's files and nowhere else
 * @param keys      the user's keys and lamps as the contract has them ({@code blfs})
 * @param passwords other secrets of the phone's own page, by the names that templates have for them
 * @param lines     the accounts of a DECT base
 */
record Account(String number, String displayName, String sipSecret, PhoneSecrets secrets, JsonNode keys, Map<String, String> passwords, List<Line> lines) {
    /** Of one user. */
    Account(String number, String displayName, String sipSecret, PhoneSecrets secrets, JsonNode keys) {
        this(number, displayName, sipSecret, secrets, keys, Map.of(), List.of());
    }

    Account withSipSecret(String other) {
        return new Account(number, displayName, other, secrets, keys, passwords, lines);
    }
}
