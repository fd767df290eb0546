package gatehouse.discovery;

import gatehouse.core.Event;
import gatehouse.phones.Phone;

/** What others may hear of phones that find their way. */
public sealed interface DiscoveryEvent extends Event {
    /** A phone's files were asked for from another address than before. @param given whether they were given */
    record OtherAddress(Phone phone, String before, String now, boolean given) implements DiscoveryEvent { }
}
