package gatehouse.provisioning;

import gatehouse.core.Event;
import gatehouse.identity.Refusal;
import gatehouse.phones.Fetch;
import gatehouse.phones.Phone;

/** What others may hear of provisioning. */
public sealed interface ProvisioningEvent extends Event {
    /** A phone came for a file of its own. */
    record Fetched(Phone phone, String file, Fetch fetch) implements ProvisioningEvent { }

    /** An address asks for what is not there, again and again; told once in an hour while it goes on. */
    record Guessing(String address) implements ProvisioningEvent { }

    /** Somebody knew a phone's folder and got nothing. */
    record Refused(Phone phone, Refusal why, String address) implements ProvisioningEvent { }
}
