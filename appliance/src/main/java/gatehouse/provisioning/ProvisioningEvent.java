package gatehouse.provisioning;

import gatehouse.core.Event;
import java.time.Instant;

/** A phone fetched a file of its own. */
public record ProvisioningEvent(String mac, String file, String address, String userAgent, Instant at) implements Event {
}
