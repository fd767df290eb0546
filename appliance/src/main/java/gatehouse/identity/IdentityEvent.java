package gatehouse.identity;

import gatehouse.core.Event;
import gatehouse.phones.Phone;
import java.time.Instant;

/** What others may hear of who phones are. */
public sealed interface IdentityEvent extends Event {
    /** A phone's files were asked for from another address than before. @param given whether they were given */
    record OtherAddress(Phone phone, String before, String now, boolean given) implements IdentityEvent { }

    /** A phone gets its files for the first time, or for the first time again. */
    record Adopted(Phone phone, String address, Evidence evidence) implements IdentityEvent { }

    /** A phone showed a certificate that is worth nothing here. @param detail whose it is; may be empty */
    record CertificateRefused(Phone phone, String address, Refusal why, String detail) implements IdentityEvent { }

    /** Wrong PINs for one user closed the right one. */
    record PinClosed(String userId, String address) implements IdentityEvent { }

    /** Too many wrong PINs came from one address. */
    record PinGuessed(String address, Instant until) implements IdentityEvent { }

    /** A phone has shown its new SIP password; the one before is done with. */
    record PasswordShown(Phone phone) implements IdentityEvent { }
}
