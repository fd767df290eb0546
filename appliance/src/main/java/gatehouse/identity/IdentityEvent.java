package gatehouse.identity;

import gatehouse.core.Event;
import gatehouse.phones.Phone;

/** What others may hear of who phones are. */
public sealed interface IdentityEvent extends Event {
    /** A phone's files were asked for from another address than before. @param given whether they were given */
    record OtherAddress(Phone phone, String before, String now, boolean given) implements IdentityEvent { }

    /** A phone gets its files for the first time, or for the first time again. */
    record Adopted(Phone phone, String address, Evidence evidence) implements IdentityEvent { }

    /** A phone has shown its new SIP password; the one before is done with. */
    record PasswordShown(Phone phone) implements IdentityEvent { }
}
