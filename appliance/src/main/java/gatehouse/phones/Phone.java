package gatehouse.phones;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A phone.
 *
 * @param mac      twelve lower-case hex digits
 * @param template the template's file name
 * @param folder   130 random bits: who knows it may read the phone's files
 * @param settings the contract's other fields as they were set; not to be changed by who reads it
 */
public record Phone(String id, String userId, String mac, String template, String vendor, String model, String folder, ObjectNode settings,
                    Instant createdAt) {
}
