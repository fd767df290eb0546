package gatehouse.discovery;

import gatehouse.discovery.Adoption.Verdict;
import gatehouse.discovery.Step.Rung;
import gatehouse.provisioning.Provisioning;
import gatehouse.provisioning.Provisioning.Outcome;
import gatehouse.provisioning.Provisioning.Request;
import java.util.Optional;

/**
 * The one address that every phone may be told: a phone that shows enough gets its own files there, whose settings lead it to its own
 * folder from then on; any other learns nothing but where to ask again. Thread-safe.
 */
public final class Starter {
    static final String FOLDER = "start";

    private final Provisioning provisioning;
    private final Adoption adoption;
    private final Ladders ladders;
    private final Provisioning.Ports ports;

    Starter(Provisioning provisioning, Adoption adoption, Ladders ladders, Provisioning.Ports ports) {
        this.provisioning = provisioning;
        this.adoption = adoption;
        this.ladders = ladders;
        this.ports = ports;
    }

    /** Any file over HTTP: those in folders of phones, and those at the starter. */
    public Outcome fetch(Request request) {
        return request.folder().equals(FOLDER) ? answer(Way.STARTER, request) : provisioning.fetch(request);
    }

    /** A file for who does not know a folder. */
    Outcome answer(Way way, Request request) {
        var inFile = Macs.inFile(request.file());
        var inAgent = Macs.inAgent(request.userAgent());
        var mac = (inFile.isEmpty() ? inAgent : inFile).stream().findFirst();
        if (mac.isEmpty()) {
            return starterFile(way, request);
        }
        ladders.add(mac.get(), Rung.ASKED, request.remoteAddress(), request.file() + agent(request));
        if (!inAgent.isEmpty() && !inAgent.contains(mac.get())) {
            return refused(way, mac.get(), Refusal.OTHER_MAC, request);
        }
        var named = way == Way.TFTP || !inAgent.isEmpty(); // TFTP has nothing but the file's name
        return switch (adoption.judge(way, mac.get(), request.remoteAddress(), named)) {
            case Verdict.No(var why) -> refused(way, mac.get(), why, request);
            case Verdict.Own(var phone) -> {
                var outcome = provisioning.fetch(request.at(phone.folder()));
                switch (outcome) {
                    case Outcome.Found _ -> adoption.took(mac.get(), request.remoteAddress());
                    case Outcome.Missing() -> ladders.add(mac.get(), Rung.REFUSED, request.remoteAddress(), words(Refusal.NO_FILE) + ": " + request.file());
                    case Outcome.TooMany _ -> { }
                }
                yield outcome;
            }
        };
    }

    private static String agent(Request request) {
        return request.userAgent().isEmpty() ? "" : " as " + request.userAgent();
    }

    /** As it stands on the ladder: {@link Why} finds the cure by its first word. */
    static String words(Refusal why) {
        return why.name() + ": " + why.why();
    }

    private Outcome refused(Way way, String mac, Refusal why, Request request) {
        ladders.add(mac, Rung.REFUSED, request.remoteAddress(), words(why));
        return starterFile(way, request);
    }

    /** Counts as a miss, like a folder that is not there: who tries MACs has to wait as who tries folders does. */
    private Outcome starterFile(Way way, Request request) {
        return switch (provisioning.fetch(request.at(FOLDER))) {
            case Outcome.TooMany wait -> wait;
            default -> Optional.of(way).filter(one -> one == Way.STARTER)
                    .flatMap(_ -> StarterFiles.of(request.file(), request.userAgent(), url(request.scheme(), request.host())))
                    .<Outcome>map(Outcome.Found::new).orElseGet(Outcome.Missing::new);
        };
    }

    /** @param host the box's name or address */
    String url(String scheme, String host) {
        return address(scheme, host, FOLDER);
    }

    String address(String scheme, String host, String folder) {
        return scheme + "://" + host + ":" + (scheme.equals("https") ? ports.https() : ports.http()) + "/provision/" + folder + "/";
    }
}
