package gatehouse.discovery;

import gatehouse.core.Events;
import gatehouse.phones.Phone;
import gatehouse.phones.PhoneEvent;
import gatehouse.provisioning.ProvisioningEvent;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Decides who may be sent to a phone's own files. Where a MAC is enough, the first address that names it has it: a second one is refused
 * and told, because a MAC is printed on the box and heard by the whole network. Thread-safe.
 */
final class Adoption {
    private static final System.Logger LOG = System.getLogger(Adoption.class.getName());

    sealed interface Verdict {
        record Own(Phone phone) implements Verdict { }

        record No(Refusal why) implements Verdict { }
    }

    private final KnownPhones phones;
    private final Supplier<DiscoverySettings> settings;
    private final Windows windows;
    private final AdoptionStore store;
    private final Events events;
    private final Clock clock;
    private final Map<String, String> holders;

    Adoption(KnownPhones phones, Supplier<DiscoverySettings> settings, Windows windows, AdoptionStore store, Events events, Clock clock) {
        this.phones = phones;
        this.settings = settings;
        this.windows = windows;
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.holders = new ConcurrentHashMap<>(store.all());
        events.on(PhoneEvent.Deleted.class, gone -> forget(gone.phone().mac()));
        events.on(ProvisioningEvent.Fetched.class, fetched -> moved(fetched.phone(), fetched.fetch().address()));
    }

    /** @param named whether it says itself that this is its MAC */
    Verdict judge(Way way, String mac, String address, boolean named) {
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
        var window = windows.enter(mac, address);
        if (window.isPresent()) {
            return window.get().address().equals(address) ? admitted(phone.get(), address) : alarmed(phone.get(), window.get().address(), address);
        }
        if (proof == Proof.WINDOW) {
            return new Verdict.No(Refusal.NO_WINDOW);
        }
        if (!named) {
            return new Verdict.No(Refusal.UNNAMED);
        }
        var holder = holders.get(mac);
        return holder == null || holder.equals(address) ? new Verdict.Own(phone.get()) : alarmed(phone.get(), holder, address);
    }

    /** Whoever opened the window knows that the phone may come from elsewhere now. */
    private Verdict admitted(Phone phone, String address) {
        took(phone.mac(), address);
        return new Verdict.Own(phone);
    }

    private Verdict alarmed(Phone phone, String before, String now) {
        LOG.log(Level.WARNING, "The files of the phone " + phone.mac() + " were asked for from " + now + ", but it came from " + before + " before");
        events.publish(new DiscoveryEvent.OtherAddress(phone, before, now, false));
        return new Verdict.No(Refusal.OTHER_ADDRESS);
    }

    /** The phone was sent to its own files. */
    void took(String mac, String address) {
        if (!address.equals(holders.put(mac, address))) {
            store.put(mac, address, clock.instant());
        }
    }

    /** Who knows the folder may come from anywhere; that it is another place than before is told all the same, once. */
    private void moved(Phone phone, String address) {
        var before = holders.get(phone.mac());
        if (before != null && !before.equals(address)) {
            LOG.log(Level.WARNING, "The phone " + phone.mac() + " fetched its files from " + address + ", but it came from " + before + " before");
            events.publish(new DiscoveryEvent.OtherAddress(phone, before, address, true));
            took(phone.mac(), address);
        }
    }

    Optional<String> holder(String mac) {
        return Optional.ofNullable(holders.get(mac));
    }

    private void forget(String mac) {
        windows.close(mac);
        if (holders.remove(mac) != null) {
            store.delete(mac);
        }
    }
}
