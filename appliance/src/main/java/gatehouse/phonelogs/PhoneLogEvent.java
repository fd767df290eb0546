package gatehouse.phonelogs;

import gatehouse.core.Event;

/** What others may hear of phones' logs. */
public sealed interface PhoneLogEvent extends Event {
    record Arrived(String mac, String name, String address) implements PhoneLogEvent { }
}
