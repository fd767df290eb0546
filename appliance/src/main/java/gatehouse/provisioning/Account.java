package gatehouse.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.phones.PhoneSecrets;

/**
 * Who a phone is to be, at this moment.
 *
 * @param sipSecret in clear: it goes into the phone's files and nowhere else
 * @param keys      the user's keys and lamps as the contract has them ({@code blfs})
 */
record Account(String number, String displayName, String sipSecret, PhoneSecrets secrets, JsonNode keys) {
    Account withSipSecret(String other) {
        return new Account(number, displayName, other, secrets, keys);
    }
}
