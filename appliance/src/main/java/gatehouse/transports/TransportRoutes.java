package gatehouse.transports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.listing.MemoryListing;
import gatehouse.listing.Value;
import gatehouse.transports.Transport.Protocol;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The ports for SIP over HTTP: as they are from the next start on. */
public final class TransportRoutes implements Routes {
    private static final String VERIFICATION = "DISABLE"; // phones have no certificates to show
    private static final MemoryListing<Transport> LISTING = MemoryListing.of(Value.text("id", Transport::id),
            Value.searchedText("protocol", transport -> transport.protocol().name()), Value.number("port", Transport::port),
            Value.text("verification", _ -> VERIFICATION));

    private final SipPorts ports;
    private final List<SipPorts.Taken> others;
    private final Listening listening;

    /** @param others ports that are taken by something else */
    public TransportRoutes(SipPorts ports, List<SipPorts.Taken> others, Listening listening) {
        this.ports = ports;
        this.others = others;
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

    private List<Transport> transports() {
        var wanted = ports.wanted();
        return Arrays.stream(Protocol.values()).map(protocol -> new Transport(protocol.name(), protocol, wanted.of(protocol))).toList();
    }

    private Answer list(ApiRequest request) {
        var page = LISTING.page(LISTING.query(request), transports().stream()
                .sorted(Comparator.comparing(Transport::port).thenComparing(Transport::id)).toList());
        return Answer.ok(Json.page(page.count(), page.map(TransportRoutes::json).items()));
    }

    private Transport transport(ApiRequest request) {
        return transports().stream().filter(one -> one.id().equals(request.path("id"))).findFirst().orElseThrow(() -> Problem.notFound("transport").raise());
    }

    private static ObjectNode json(Transport transport) {
        return Json.object().put("id", transport.id()).put("protocol", transport.protocol().name()).put("port", transport.port())
                .put("verification", VERIFICATION);
    }

    private Answer create(ApiRequest request) {
        var protocol = Protocol.valueOf(request.body().get("protocol").textValue());
        throw Problem.conflict("protocol", "The box listens once on each protocol: change the transport " + protocol + " instead, which has port "
                + ports.wanted().of(protocol) + ".").raise();
    }

    private Answer update(ApiRequest request) {
        var transport = transport(request);
        var body = request.body();
        if (body.hasNonNull("verification") && !body.get("verification").textValue().equals(VERIFICATION)) {
            throw Problem.conflict("verification", "The box asks phones for a password and not for a certificate.").raise();
        }
        if (body.has("port") && (body.get("port").isNull() || body.get("port").intValue() != transport.port())) {
            ports.set(Actor.of(request), transport.protocol(), body.get("port").isNull() ? null : body.get("port").intValue(), others);
        }
        return Answer.done();
    }
}
