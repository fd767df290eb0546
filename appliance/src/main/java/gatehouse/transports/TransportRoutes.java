package gatehouse.transports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.core.Problem;
import gatehouse.listing.MemoryListing;
import gatehouse.listing.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ports for SIP over HTTP: shown as they are. What would change them is a setting of the start, so it is refused with its name. */
public final class TransportRoutes implements Routes {
    private static final String VERIFICATION = "DISABLE"; // phones have no certificates to show
    private static final MemoryListing<Transport> LISTING = MemoryListing.of(Value.text("id", Transport::id),
            Value.searchedText("protocol", transport -> transport.protocol().name()), Value.number("port", Transport::port),
            Value.text("verification", _ -> VERIFICATION));

    private final Map<String, Transport> transports;
    private final Listening listening;

    public TransportRoutes(List<Transport> transports, Listening listening) {
        this.transports = transports.stream().collect(Collectors.toMap(Transport::id, Function.identity()));
        this.listening = listening;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listTransports", this::list);
        operations.bind("showTransport", request -> Answer.ok(json(transport(request))));
        operations.bind("getTransportStatus", request -> Answer.ok(Json.object()
                .put("status", listening.on(transport(request)) ? "ACTIVATED" : "DEACTIVATED")));
        operations.bind("createTransport", this::create);
        operations.bind("updateTransport", this::update);
        operations.bind("deleteTransport", request -> {
            throw Problem.conflict("protocol", "Phones may use any of the box's protocols, so " + transport(request).protocol() + " cannot be taken away.").raise();
        });
    }

    private Answer list(ApiRequest request) {
        var page = LISTING.page(LISTING.query(request), transports.values().stream()
                .sorted(Comparator.comparing(Transport::port).thenComparing(Transport::id)).toList());
        return Answer.ok(Json.page(page.count(), page.map(TransportRoutes::json).items()));
    }

    private Transport transport(ApiRequest request) {
        var found = transports.get(request.path("id"));
        if (found == null) {
            throw Problem.notFound("transport").raise();
        }
        return found;
    }

    private static ObjectNode json(Transport transport) {
        return Json.object().put("id", transport.id()).put("protocol", transport.protocol().name()).put("port", transport.port())
                .put("verification", VERIFICATION);
    }

    private Answer create(ApiRequest request) {
        var protocol = Transport.Protocol.valueOf(request.body().get("protocol").textValue());
        var there = transports.values().stream().filter(one -> one.protocol() == protocol).findFirst().orElseThrow();
        throw Problem.conflict("protocol", "The box listens on " + protocol + " port " + there.port() + " already, and once on each protocol. "
                + setting(protocol)).raise();
    }

    /** What is so already is taken, as a client sends it back. */
    private Answer update(ApiRequest request) {
        var transport = transport(request);
        var body = request.body();
        if (body.has("port") && body.get("port").asInt() != transport.port()) {
            throw Problem.conflict("port", "Ports are chosen when the box starts. " + setting(transport.protocol())).raise();
        }
        if (body.hasNonNull("verification") && !body.get("verification").textValue().equals(VERIFICATION)) {
            throw Problem.conflict("verification", "The box asks phones for a password and not for a certificate.").raise();
        }
        return Answer.done();
    }

    private static String setting(Transport.Protocol protocol) {
        return protocol == Transport.Protocol.TLS ? "Set another with --sips-port and start again." : "Set another with --sip-port, for UDP and TCP, and start again.";
    }
}
