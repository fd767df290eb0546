package gatehouse.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.discovery.Adoption.Verdict;
import gatehouse.discovery.Step.Rung;
import gatehouse.identity.Comer;
import gatehouse.identity.Evidence;
import gatehouse.identity.Identities;
import gatehouse.identity.IdentityEvent;
import gatehouse.identity.Refusal;
import gatehouse.phonelogs.PhoneLogEvent;
import gatehouse.phones.Phone;
import gatehouse.phones.Seen;
import gatehouse.pnp.Heard;
import gatehouse.provisioning.Provisioning;
import gatehouse.provisioning.ProvisioningEvent;
import gatehouse.redirection.RedirectionEvent;
import gatehouse.registrations.RegistrationChanged;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Single;
import gatehouse.sip.SipEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How phones find their files by themselves, and how far each came. Thread-safe. */
public final class Discovery {
    private static final String TABLE = "discovery_settings";

    /**
     * How far a phone came.
     *
     * @param number   in whose place it registers
     * @param windowTo until when its adoption window is open
     * @param holder   where it came from last
     * @param evidence by what it got its files
     * @param steps    oldest first
     */
    record Ladder(String mac, boolean known, Optional<String> number, Optional<Instant> windowTo, Optional<String> holder, Optional<Evidence> evidence, Why why,
                  List<Step> steps) { }

    private final KnownPhones phones;
    private final Ladders ladders;
    private final Single single;
    private final Identities identities;
    private final Adoption adoption;
    private final Starter starter;
    private final boolean pnp;

    /** @param pnp whether the box answers phones that ask their network */
    public Discovery(Keeping keeping, KnownPhones phones, Ladders ladders, Identities identities, Adopting adopting, Provisioning provisioning, Provisioning.Ports ports,
                     boolean pnp) {
        this.phones = phones;
        this.ladders = ladders;
        this.identities = identities;
        this.pnp = pnp;
        single = new Single(keeping.of(Kind.of(TABLE, "DISCOVERY", "discovery settings", "pnp")), DiscoverySettings.defaults());
        adoption = new Adoption(phones, this::settings, identities);
        starter = new Starter(provisioning, phones, adoption, adopting, identities, ladders, ports);
        keeping.events().on(ProvisioningEvent.Fetched.class, fetched -> ladders.add(fetched.phone().mac(), Rung.FETCHED, fetched.fetch().address(), fetched.file()));
        keeping.events().on(ProvisioningEvent.Refused.class, refused -> ladders.add(refused.phone().mac(), Rung.REFUSED, refused.address(), refused.why().words()));
        keeping.events().on(IdentityEvent.CertificateRefused.class, refused -> ladders.add(refused.phone().mac(), Rung.REFUSED, refused.address(),
                refused.why().words() + (refused.detail().isEmpty() ? "" : ": " + refused.detail())));
        keeping.events().on(PhoneLogEvent.Arrived.class, log -> ladders.add(log.mac(), Rung.LOGGED, log.address(), log.name()));
        keeping.events().on(RegistrationChanged.class, this::follow);
        keeping.events().on(SipEvent.class, this::follow);
        keeping.events().on(RedirectionEvent.class, this::follow);
    }

    public Starter starter() {
        return starter;
    }

    private DiscoverySettings settings() {
        return DiscoverySettings.of(document());
    }

    ObjectNode document() {
        return single.get().document();
    }

    void update(Actor actor, ObjectNode changes) {
        var filled = changes.deepCopy();
        DiscoverySettings.defaults().properties().stream().filter(one -> changes.path(one.getKey()).isNull())
                .forEach(one -> filled.set(one.getKey(), one.getValue()));
        single.update(actor, filled);
    }

    /** What a phone is told that asks its network; empty for no answer. */
    public Optional<String> heard(Heard phone) {
        ladders.add(phone.mac(), Rung.HEARD, phone.address(), phone.description());
        var comer = new Comer(phone.address(), "");
        switch (adoption.judge(Way.PNP, phone.mac(), comer, true)) {
            case Verdict.Own(var own, var evidence) -> {
                identities.sent(own, comer, evidence);
                var scheme = own.settings().path("https").asBoolean() ? "https" : "http";
                return Optional.of(starter.address(scheme, phone.boxAddress(), own.folder()));
            }
            case Verdict.No(var why) -> {
                ladders.add(phone.mac(), Rung.REFUSED, phone.address(), why.words());
                // A phone that works and merely moved would be led away from its own files.
                var lost = why == Refusal.UNKNOWN ? settings().answerStrangers() : why == Refusal.NO_WINDOW || why == Refusal.TOO_LITTLE;
                return lost ? Optional.of(starter.url(phone.boxAddress())) : Optional.empty();
            }
        }
    }

    /** Whether an address is answered over TFTP now; who guesses is not. */
    public boolean answersTftp(String address) {
        return starter.isPatientWith(address);
    }

    /** A phone's own file over TFTP, by a name that holds its MAC. */
    public Optional<byte[]> tftp(String name, String address, String boxAddress) {
        var file = name.replaceFirst("^\\.?/", "");
        if (Macs.inFile(file).isEmpty() || file.indexOf('/') >= 0) {
            return Optional.empty();
        }
        return starter.answer(Way.TFTP, new Provisioning.Request(Starter.FOLDER, file, boxAddress, boxAddress, "http", address, "")) instanceof
                Provisioning.Outcome.Found(var found) ? Optional.of(found.text().getBytes(StandardCharsets.UTF_8)) : Optional.empty();
    }

    private void follow(RedirectionEvent event) {
        var service = event.maker().label() + "'s redirect service";
        switch (event) {
            case RedirectionEvent.Told _ -> ladders.add(event.mac(), Rung.REDIRECTED, "", service);
            case RedirectionEvent.Refused(_, _, var trouble, var words) ->
                    ladders.add(event.mac(), Rung.REDIRECT_REFUSED, "", trouble.name() + ": " + service + ": " + words);
        }
    }

    private void follow(RegistrationChanged changed) {
        for (var phone : phones.ofNumber(changed.extensionNumber())) {
            var seen = phones.registered(phone);
            if (seen.isPresent()) {
                ladders.add(phone.mac(), Rung.REGISTERED, seen.get().ip(), seen.get().userAgent());
            } else if (!changed.online() && ladders.of(phone.mac()).stream().anyMatch(step -> step.rung() == Rung.REGISTERED)) {
                ladders.add(phone.mac(), Rung.UNREGISTERED, "", "");
            }
        }
    }

    /** A refusal names no MAC; it is of the extension's phone that was last heard of there, or of its only one. */
    private void follow(SipEvent event) {
        var said = switch (event) {
            case SipEvent.Refused(var number, var address) -> new Refused(number, address, "the password is wrong");
            case SipEvent.LockedOut(var number, var address, var until) -> new Refused(number, address, "too many wrong passwords, locked until " + until);
        };
        var mine = phones.ofNumber(said.number);
        mine.stream().filter(phone -> mine.size() == 1 || ladders.of(phone.mac()).stream().anyMatch(step -> step.address().equals(said.address)))
                .forEach(phone -> ladders.add(phone.mac(), Rung.REGISTER_REFUSED, said.address, said.why));
    }

    private record Refused(String number, String address, String why) { }

    /** @throws gatehouse.core.ProblemException when {@code mac} is none */
    Ladder ladder(String mac) {
        var plain = Macs.parse(mac);
        var phone = phones.byMac(plain);
        var number = phone.flatMap(phones::number);
        var steps = ladders.of(plain);
        var why = Why.of(new Why.Facts(phone.isPresent(), number, phone.flatMap(phones::registered).map(Seen::ip), pnp, steps));
        return new Ladder(plain, phone.isPresent(), number, identities.windowTo(plain), phone.flatMap(identities::address), phone.flatMap(identities::evidence), why,
                steps);
    }

    /** MACs that came and are nobody's, the latest first. */
    List<Ladder> strangers() {
        return ladders.strangers().stream().filter(mac -> phones.byMac(mac).isEmpty()).map(this::ladder).toList();
    }

    /** Whoever comes first with that MAC is sent to its files. @return until when */
    Instant openWindow(String mac, Duration length) {
        return identities.openWindow(known(mac), length);
    }

    void closeWindow(String mac) {
        identities.closeWindow(known(mac));
    }

    private Phone known(String mac) {
        return phones.byMac(Macs.parse(mac)).orElseThrow(() -> Problem.notFound("phone").raise());
    }

    Evidence least() {
        return identities.least();
    }
}
