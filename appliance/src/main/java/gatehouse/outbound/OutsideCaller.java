package gatehouse.outbound;

import gatehouse.hunting.OutboundCallerId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who calls outside.
 *
 * @param extension   the extension's number
 * @param groups      ids of the user groups it belongs to
 * @param permissions of its role
 * @param callerIds   numbers its calls may show, the most personal first
 */
public record OutsideCaller(String extension, Set<String> groups, Set<String> permissions, List<OutboundCallerId> callerIds) {
    Optional<String> callerId(String trunkId) {
        return callerIds.stream().filter(id -> id.providerId().equals(trunkId)).map(OutboundCallerId::callerId).findFirst();
    }
}
