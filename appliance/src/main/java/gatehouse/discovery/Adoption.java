package gatehouse.discovery;

import gatehouse.identity.Comer;
import gatehouse.identity.Evidence;
import gatehouse.identity.Identities;
import gatehouse.identity.Refusal;
import gatehouse.phones.Phone;
import java.util.function.Supplier;

/** Decides who may be sent to a phone's own files, by the way it came. Thread-safe. */
final class Adoption {
    sealed interface Verdict {
        record Own(Phone phone, Evidence evidence) implements Verdict { }

        record No(Refusal why) implements Verdict { }
    }

    private final KnownPhones phones;
    private final Supplier<DiscoverySettings> settings;
    private final Identities identities;

    Adoption(KnownPhones phones, Supplier<DiscoverySettings> settings, Identities identities) {
        this.phones = phones;
        this.settings = settings;
        this.identities = identities;
    }

    /** @param named whether it says itself that this is its MAC */
    Verdict judge(Way way, String mac, Comer comer, boolean named) {
        var phone = phones.byMac(mac);
        if (phone.isEmpty()) {
            return new Verdict.No(Refusal.UNKNOWN);
        }
        var proof = settings.get().proofs().get(way);
        if (proof == Proof.NEVER) {
            return new Verdict.No(Refusal.CLOSED);
        }
        if (phones.number(phone.get()).isEmpty()) {
            return new Verdict.No(Refusal.USER_OFF);
        }
        return switch (identities.elsewhere(phone.get(), comer, proof == Proof.MAC, named)) {
            case Identities.Verdict.Admitted(var evidence) -> new Verdict.Own(phone.get(), evidence);
            case Identities.Verdict.Refused(var why) -> new Verdict.No(why);
        };
    }
}
