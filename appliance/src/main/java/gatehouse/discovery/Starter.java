package gatehouse.discovery;

import gatehouse.discovery.Adoption.Verdict;
import gatehouse.discovery.Step.Rung;
import gatehouse.identity.AdoptionPins;
import gatehouse.identity.Evidence;
import gatehouse.identity.Identities;
import gatehouse.identity.Login;
import gatehouse.identity.Refusal;
import gatehouse.provisioning.Provisioning;
import gatehouse.provisioning.Provisioning.Outcome;
import gatehouse.provisioning.Provisioning.Request;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one address that every phone may be told: a phone that shows enough gets its own files there, whose settings lead it to its own
 * folder from then on; any other learns nothing but where to ask again. Thread-safe.
 */
public final class Starter {
    static final String FOLDER = "start";
    /** What a person at the phone can mend. */
    private static final Set<Refusal> ASKABLE = EnumSet.of(Refusal.UNKNOWN, Refusal.NO_WINDOW, Refusal.UNNAMED, Refusal.TOO_LITTLE, Refusal.OTHER_ADDRESS,
            Refusal.PIN_WRONG);

    private final Provisioning provisioning;
    private final KnownPhones phones;
    private final Adoption adoption;
    private final Adopting adopting;
    private final Identities identities;
    private final Ladders ladders;
    private final Provisioning.Ports ports;

    Starter(Provisioning provisioning, KnownPhones phones, Adoption adoption, Adopting adopting, Identities identities, Ladders ladders, Provisioning.Ports ports) {
        this.provisioning = provisioning;
        this.phones = phones;
        this.adoption = adoption;
        this.adopting = adopting;
        this.identities = identities;
        this.ladders = ladders;
        this.ports = ports;
    }

    /** Any file over HTTP: those in folders of phones, and those at the starter. */
    public Outcome fetch(Request request) {
        if (request.folder().equals(FOLDER)) {
            return answer(Way.STARTER, request);
        }
        var outcome = provisioning.fetch(request);
        // A phone that works and merely moved keeps what it has; one that must show more is led to where it can.
        return outcome instanceof Outcome.Withheld(var why) && why == Refusal.TOO_LITTLE
                ? starterFile(request, ledTo(request, request.folder()), Map.of()).orElse(outcome) : outcome;
    }

    boolean isPatientWith(String address) {
        return provisioning.waitOf(address).isEmpty();
    }

    /** A file for who does not know a folder. */
    Outcome answer(Way way, Request request) {
        var wait = provisioning.waitOf(request.remoteAddress());
        if (wait.isPresent()) {
            return new Outcome.TooMany(wait.get()); // before anything is looked at: a guess that is right must not show either
        }
        var inFile = Macs.inFile(request.file());
        var inAgent = Macs.inAgent(request.userAgent());
        var mac = Stream.of(inFile, inAgent, Identities.named(request.comer())).flatMap(Set::stream).findFirst();
        if (mac.isEmpty()) {
            return refused(way, request, Map.of());
        }
        ladders.add(mac.get(), Rung.ASKED, request.remoteAddress(), request.file() + agent(request));
        if (!inAgent.isEmpty() && !inAgent.contains(mac.get())) {
            return refused(way, mac.get(), Refusal.OTHER_MAC, request);
        }
        var named = way == Way.TFTP || !inAgent.isEmpty(); // TFTP has nothing but the file's name
        if (way == Way.STARTER && phones.byMac(mac.get()).isEmpty()) {
            request.login().ifPresent(login -> take(mac.get(), login, request));
        }
        return switch (adoption.judge(way, mac.get(), request.comer(), named)) {
            case Verdict.No(var why) -> refused(way, mac.get(), why, request);
            case Verdict.Own(var phone, var evidence) -> {
                var outcome = provisioning.give(phone, evidence, request);
                if (outcome instanceof Outcome.Missing) {
                    ladders.add(mac.get(), Rung.REFUSED, request.remoteAddress(), Refusal.NO_FILE.words() + ": " + request.file());
                }
                yield outcome;
            }
        };
    }

    /** Somebody typed an extension and its PIN at a phone that is nobody's: it is that user's from now on. */
    private void take(String mac, Login login, Request request) {
        var shown = adopting.typed(mac, login, request.comer());
        if (shown == AdoptionPins.Shown.WRONG || shown == AdoptionPins.Shown.LOCKED) {
            ladders.add(mac, Rung.REFUSED, request.remoteAddress(), (shown == AdoptionPins.Shown.WRONG ? Refusal.PIN_WRONG : Refusal.PIN_LOCKED).words());
        }
    }

    private static String agent(Request request) {
        return request.userAgent().isEmpty() ? "" : " as " + request.userAgent();
    }

    private Outcome refused(Way way, String mac, Refusal why, Request request) {
        ladders.add(mac, Rung.REFUSED, request.remoteAddress(), why.words());
        // A phone that has its files is asked back by DHCP at each start: it keeps what it has.
        var works = phones.byMac(mac).flatMap(identities::evidence).isPresent();
        if (way == Way.STARTER && ASKABLE.contains(why) && identities.asksForPin(phones.byMac(mac))) {
            return provisioning.missed(request.remoteAddress()) instanceof Outcome.TooMany wait ? wait : new Outcome.AskPin();
        }
        return works ? provisioning.missed(request.remoteAddress()) : refused(way, request, identities.dialled() ? account(mac, request) : Map.of());
    }

    /** Counts as a miss, like a folder that is not there: who tries MACs has to wait as who tries folders does. */
    private Outcome refused(Way way, Request request, Map<String, String> account) {
        return switch (provisioning.missed(request.remoteAddress())) {
            case Outcome.TooMany wait -> wait;
            default -> Optional.of(request).filter(_ -> way == Way.STARTER).flatMap(asked -> starterFile(asked, ledTo(asked, FOLDER), account)).orElseGet(Outcome.Missing::new);
        };
    }

    private Optional<Outcome> starterFile(Request request, String url, Map<String, String> account) {
        return phones.starter(request.file(), request.userAgent(), url, account).map(Outcome.Found::new);
    }

    /** By which it may dial a PIN, and nothing else. */
    private Map<String, String> account(String mac, Request request) {
        var account = adopting.account(mac, request.comer());
        return Map.of("starter_user", account.user(), "starter_password", account.password(), "starter_server", request.boxAddress(),
                "starter_port", Integer.toString(ports.sip()), "starter_domain", adopting.domain());
    }

    /** Where a certificate is asked for, a phone must come over TLS to show it. */
    private String ledTo(Request request, String folder) {
        return address(certificateNeeded() ? "https" : request.scheme(), request.host(), folder);
    }

    private boolean certificateNeeded() {
        return identities.least() == Evidence.CERTIFICATE;
    }

    /** What a phone is told that knows nothing yet. @param host the box's name or address */
    String url(String host) {
        return address(certificateNeeded() ? "https" : "http", host, FOLDER);
    }

    String address(String scheme, String host, String folder) {
        return scheme + "://" + host + ":" + (scheme.equals("https") ? ports.https() : ports.http()) + "/provision/" + folder + "/";
    }
}
