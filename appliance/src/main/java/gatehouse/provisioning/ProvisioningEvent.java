package gatehouse.provisioning;

import gatehouse.core.Event;
import gatehouse.phones.Fetch;
import gatehouse.phones.Phone;

/** What others may hear of provisioning. */
public sealed interface ProvisioningEvent extends Event {
    /** A phone came for a file of its own. */
    record Fetched(Phone phone, String file, Fetch fetch) implements ProvisioningEvent { }
}
