package gatehouse.identity;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.core.Events;
import gatehouse.phones.Phone;
import gatehouse.phones.PhoneEvent;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Single;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/**
 * Judges who asks for a phone's files. A folder is bound to whom gets its files first: where from, and which maker it names. That one may
 * come again as often as it likes; another place or maker is told, and shut out unless it shows more. Thread-safe.
 */
public final class Identities {
    private static final System.Logger LOG = System.getLogger(Identities.class.getName());
    private static final Duration TELL_AGAIN = Duration.ofMinutes(10);
    private static final int MOST_TOLD = 2_000;
    private static final Duration AFTER_PIN = Duration.ofMinutes(10); // to restart and fetch all its files

    public sealed interface Verdict {
        record Admitted(Evidence evidence) implements Verdict { }

        record Refused(Refusal why) implements Verdict { }
    }

    private final Single single;
    private final IdentityStore store;
    private final FactoryCertificates certificates;
    private final AdoptionPins pins;
    private final BiPredicate<Phone, String> registeredAt;
    private final Events events;
    private final Clock clock;
    private final Windows windows;
    private final Map<String, Holder> holders;
    private final Map<String, Instant> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_TOLD;
        }
    };

    /** @param certificates judges those that phones show; @param registeredAt whether a phone is registered from an address now: who is has shown the SIP password that only its file holds */
    public Identities(Keeping keeping, IdentityStore store, FactoryCertificates certificates, AdoptionPins pins,
                      BiPredicate<Phone, String> registeredAt) {
        this.pins = pins;
        this.certificates = certificates;
        this.single = new Single(keeping.of(Kind.of("identity_settings", "IDENTITY", "identity settings", "least")), IdentitySettings.defaults());
        this.store = store;
        this.registeredAt = registeredAt;
        this.events = keeping.events();
        this.clock = keeping.clock();
        this.windows = new Windows(clock);
        this.holders = new ConcurrentHashMap<>(store.all());
        events.on(PhoneEvent.Deleted.class, gone -> windows.close(gone.phone().mac()));
    }

    ObjectNode document() {
        return single.get().document();
    }

    void update(Actor actor, ObjectNode changes) {
        var filled = changes.deepCopy();
        IdentitySettings.defaults().properties().stream().filter(one -> changes.path(one.getKey()).isNull())
                .forEach(one -> filled.set(one.getKey(), one.getValue()));
        single.update(actor, filled);
    }

    private IdentitySettings settings() {
        return IdentitySettings.of(document());
    }

    /** The least that a phone must show before it gets a file with secrets. */
    public Evidence least() {
        return settings().least();
    }

    /** Whether phones that wait to be adopted may register, to dial a PIN. */
    public boolean dialled() {
        return settings().dialled();
    }

    /** Who knows the name of a phone's folder asks there. */
    public Verdict inFolder(Phone phone, Comer comer) {
        return judged(phone, comer, () -> inFolderByItself(phone, comer));
    }

    private Verdict inFolderByItself(Phone phone, Comer comer) {
        var holder = holder(phone);
        var learned = holder.map(Holder::evidence).orElse(Evidence.FOLDER).orLess(Evidence.FOLDER);
        if (windows.enter(phone.mac(), comer.address()).filter(window -> window.address().equals(comer.address())).isPresent()) {
            return enough(learned.orMore(Evidence.PIN));
        }
        var maker = holder.map(Holder::maker).orElse("");
        if (!maker.isEmpty() && !Makers.inAgent(comer.userAgent()).equals(maker)) {
            LOG.log(Level.WARNING, "The files of the phone " + phone.mac() + " were asked for at " + comer.address() + " by what no longer says it is of " + maker);
            return new Verdict.Refused(Refusal.OTHER_AGENT);
        }
        if (holder.isEmpty() || holder.get().address().equals(comer.address()) || registeredAt.test(phone, comer.address())) {
            return enough(learned);
        }
        var refused = settings().refuseOtherAddress() || !learned.reaches(least());
        tell(phone, holder.get().address(), comer.address(), !refused);
        return refused ? new Verdict.Refused(Refusal.OTHER_ADDRESS) : enough(learned);
    }

    /**
     * Who does not know the folder asks for a phone's files.
     *
     * @param macMayDo whether this way lets in who only names the MAC
     * @param named    whether it says itself that this is its MAC
     */
    public Verdict elsewhere(Phone phone, Comer comer, boolean macMayDo, boolean named) {
        return judged(phone, comer, () -> elsewhereByItself(phone, comer, macMayDo, named));
    }

    /** The MACs that a certificate names, by whomever it is signed. */
    public static Set<String> named(Comer comer) {
        return comer.certificates().isEmpty() ? Set.of() : FactoryCertificates.macs(comer.certificates().getFirst());
    }

    /** Whoever has the key of the maker's certificate is that phone, wherever it is; whoever has another phone's is not. */
    private Verdict judged(Phone phone, Comer comer, Supplier<Verdict> byItself) {
        return switch (certificates.judge(phone, comer.certificates())) {
            case FactoryCertificates.Judged.None() -> byItself.get();
            case FactoryCertificates.Judged.Good() -> new Verdict.Admitted(Evidence.CERTIFICATE);
            case FactoryCertificates.Judged.Bad(var why, var detail) -> {
                LOG.log(Level.WARNING, "The phone " + phone.mac() + " at " + comer.address() + " showed a certificate, but " + why.why() + " (" + detail + ")");
                events.publish(new IdentityEvent.CertificateRefused(phone, comer.address(), why, detail));
                var verdict = why == Refusal.CERTIFICATE_OTHER_MAC ? new Verdict.Refused(why) : byItself.get();
                yield verdict instanceof Verdict.Refused(var other) && other != Refusal.OTHER_ADDRESS ? new Verdict.Refused(why) : verdict;
            }
        };
    }

    private Verdict elsewhereByItself(Phone phone, Comer comer, boolean macMayDo, boolean named) {
        var pin = comer.login().map(login -> pins.show(phone.userId(), login.password(), comer.address())).orElse(AdoptionPins.Shown.NONE_OPEN);
        switch (pin) {
            case RIGHT -> vouch(phone, comer.address());
            case WRONG -> {
                return new Verdict.Refused(Refusal.PIN_WRONG);
            }
            case LOCKED -> {
                return new Verdict.Refused(Refusal.PIN_LOCKED);
            }
            case NONE_OPEN -> { }
        }
        var window = windows.enter(phone.mac(), comer.address());
        if (window.isPresent()) {
            return window.get().address().equals(comer.address()) ? enough(Evidence.PIN) : secondPlace(phone, window.get().address(), comer);
        }
        if (!macMayDo) {
            return new Verdict.Refused(Refusal.NO_WINDOW);
        }
        if (!named) {
            return new Verdict.Refused(Refusal.UNNAMED);
        }
        if (Makers.foreign(phone, comer.userAgent())) {
            return new Verdict.Refused(Refusal.OTHER_MAKER);
        }
        var holder = holder(phone);
        if (holder.isPresent() && !holder.get().address().equals(comer.address())) {
            return secondPlace(phone, holder.get().address(), comer);
        }
        return enough(Evidence.MAC);
    }

    private Verdict enough(Evidence evidence) {
        return evidence.reaches(least()) ? new Verdict.Admitted(evidence) : new Verdict.Refused(Refusal.TOO_LITTLE);
    }

    private Verdict secondPlace(Phone phone, String before, Comer comer) {
        tell(phone, before, comer.address(), false);
        return new Verdict.Refused(Refusal.OTHER_ADDRESS);
    }

    /** Once in a while, however often it asks. */
    private void tell(Phone phone, String before, String now, boolean given) {
        synchronized (told) {
            var last = told.get(phone.mac() + now);
            if (last != null && last.plus(TELL_AGAIN).isAfter(clock.instant())) {
                return;
            }
            told.remove(phone.mac() + now);
            told.put(phone.mac() + now, clock.instant());
        }
        LOG.log(Level.WARNING, "The files of the phone " + phone.mac() + " were asked for from " + now + ", but it came from " + before + " before");
        events.publish(new IdentityEvent.OtherAddress(phone, before, now, given));
    }

    /** A phone was told where its folder is, on this evidence; from there on it is bound to that address. */
    public synchronized void sent(Phone phone, Comer comer, Evidence evidence) {
        if (holder(phone).filter(holder -> holder.address().equals(comer.address())).isEmpty()) {
            keep(phone, new Holder(phone.id(), comer.address(), "", evidence, false));
        }
    }

    /** A phone is about to get a file of its own. @return whether it is adopted by that: for the first time, or anew */
    public synchronized boolean given(Phone phone, Comer comer, Evidence evidence) {
        var before = holder(phone);
        var adopted = windows.use(phone.mac(), comer.address()) | before.filter(Holder::fetched).isEmpty();
        var maker = Makers.inAgent(comer.userAgent());
        var now = new Holder(phone.id(), comer.address(), maker.isEmpty() && !adopted ? before.map(Holder::maker).orElse("") : maker, evidence, true);
        if (!before.equals(Optional.of(now))) {
            keep(phone, now);
        }
        if (adopted) {
            LOG.log(Level.INFO, "The phone " + phone.mac() + " is adopted at " + comer.address() + " on its " + evidence);
            events.publish(new IdentityEvent.Adopted(phone, comer.address(), evidence));
        }
        return adopted;
    }

    private void keep(Phone phone, Holder holder) {
        holders.put(phone.mac(), holder);
        store.put(phone.mac(), holder, clock.instant());
    }

    private Optional<Holder> holder(Phone phone) {
        return Optional.ofNullable(holders.get(phone.mac())).filter(holder -> holder.phoneId().isEmpty() || holder.phoneId().equals(phone.id()));
    }

    /** Where it came from last. */
    public Optional<String> address(Phone phone) {
        return holder(phone).map(Holder::address);
    }

    /** By what it got its files; empty while it got none. */
    public Optional<Evidence> evidence(Phone phone) {
        return holder(phone).filter(Holder::fetched).map(Holder::evidence);
    }

    /** Nobody has its folder any more; whoever comes first does. */
    synchronized void release(Phone phone) {
        if (holders.remove(phone.mac()) != null) {
            store.delete(phone.mac());
        }
    }

    /** A person said at that address that this is the phone: for a while its adoption window is open to that address alone. */
    public void vouch(Phone phone, String address) {
        windows.open(phone.mac(), AFTER_PIN, address);
    }

    /** Whether somebody is to be asked for a PIN at a phone of that user's, or at one that is nobody's; not where it is dialled. */
    public boolean asksForPin(Optional<Phone> phone) {
        return !dialled() && phone.map(one -> pins.of(one.userId()).isPresent()).orElseGet(pins::anyOpen);
    }

    /** Whoever comes first with that MAC is sent to its files. @return until when */
    public Instant openWindow(Phone phone, Duration length) {
        return windows.open(phone.mac(), length, "");
    }

    public void closeWindow(Phone phone) {
        windows.close(phone.mac());
    }

    /** Until when a window is open for it. */
    public Optional<Instant> windowTo(String mac) {
        return windows.of(mac).map(Windows.Window::until);
    }
}
