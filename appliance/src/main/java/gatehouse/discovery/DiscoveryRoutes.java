package gatehouse.discovery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import java.time.Duration;
import java.util.List;

/** How phones find their files, over HTTP. */
public final class DiscoveryRoutes implements Routes {
    private final Discovery discovery;
    private final List<String> pnp;

    /** @param pnp the interfaces on which phones are answered that ask their network */
    public DiscoveryRoutes(Discovery discovery, List<String> pnp) {
        this.discovery = discovery;
        this.pnp = pnp;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("showDiscovery", _ -> Answer.ok(settings()));
        operations.bind("updateDiscovery", request -> {
            discovery.update(Actor.of(request), request.body());
            return Answer.done();
        });
        operations.bind("showDhcpOptions", DiscoveryRoutes.this::dhcp);
        operations.bind("listUnknownPhones", request -> {
            var strangers = discovery.strangers();
            return Answer.ok(Json.page(strangers.size(), strangers.stream().map(this::json).toList()));
        });
        operations.bind("showPhoneLadder", request -> Answer.ok(json(discovery.ladder(request.path("mac")))));
        operations.bind("openAdoptionWindow", request -> Answer.ok(Json.object().put("open_until", Json.time(
                discovery.openWindow(request.path("mac"), Duration.ofSeconds(request.filledBody().get("seconds").asInt()))))));
        operations.bind("closeAdoptionWindow", request -> {
            discovery.closeWindow(request.path("mac"));
            return Answer.noContent();
        });
    }

    private ObjectNode settings() {
        var body = discovery.document().deepCopy();
        var interfaces = body.putArray("pnp_interfaces");
        pnp.forEach(interfaces::add);
        return body;
    }

    private Answer dhcp(ApiRequest request) {
        var host = request.origin().replaceAll("^https?://", "").replaceAll(":\\d+$", "");
        var url = discovery.starter().url(host);
        var body = Json.object().put("url", url);
        var items = body.putArray("items");
        items.addObject().put("server", "dnsmasq").put("text", DhcpTexts.dnsmasq(url));
        items.addObject().put("server", "isc").put("text", DhcpTexts.isc(url));
        items.addObject().put("server", "kea").put("text", DhcpTexts.kea(url));
        return Answer.ok(body);
    }

    private ObjectNode json(Discovery.Ladder ladder) {
        var body = Json.object().put("mac", ladder.mac()).put("known", ladder.known()).put("extension_number", ladder.number().orElse(null))
                .put("adoption_open_until", ladder.windowTo().map(Json::time).orElse(null)).put("adopted_from", ladder.holder().orElse(null))
                .put("identity", ladder.evidence().map(Enum::name).orElse(null)).put("identity_needed", discovery.least().name())
                .put("stands", ladder.why().stands()).put("cure", ladder.why().cure().isEmpty() ? null : ladder.why().cure());
        var steps = body.putArray("steps");
        ladder.steps().forEach(step -> steps.addObject().put("at", Json.time(step.at())).put("step", step.rung().name()).put("ip", step.address())
                .put("detail", step.detail()).put("times", step.times()));
        return body;
    }
}
