package gatehouse.system;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import java.util.Optional;
import java.util.function.Supplier;

/** The report over HTTP, and what clients ask before they sign in. */
public final class SystemRoutes implements Routes {
    private final SystemStatus status;
    private final String domain;
    private final Supplier<Optional<String>> microsoftSignIn;

    /** @param microsoftSignIn where people sign in by Microsoft; empty while nobody can */
    public SystemRoutes(SystemStatus status, String domain, Supplier<Optional<String>> microsoftSignIn) {
        this.status = status;
        this.domain = domain;
        this.microsoftSignIn = microsoftSignIn;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("getSystemStatus", this::report);
        operations.bind("retrieveMetadata", this::metadata);
    }

    private Answer report(ApiRequest request) {
        var report = status.report();
        var body = Json.object().put("version", report.version()).put("started_at", Json.time(report.startedAt()))
                .put("uptime", report.uptime().toSeconds()).put("board", report.board()).put("registered", report.registered())
                .put("calls", report.calls()).put("resident_bytes", report.residentBytes()).put("heap_bytes", report.heapBytes());
        body.putObject("led").put("pattern", report.ledPattern()).put("lit", report.ledLit());
        var relays = body.putArray("relays");
        report.relays().forEach(relay -> relays.addObject().put("name", relay.name()).put("energised", relay.energised()));
        var inputs = body.putArray("inputs");
        report.inputs().forEach(input -> inputs.addObject().put("name", input.name()).put("active", input.active()));
        var media = report.media();
        body.putObject("media").put("forwarded", media.forwarded()).put("no_route", media.noRoute()).put("not_rtp", media.notRtp())
                .put("foreign", media.foreign()).put("too_large", media.tooLarge()).put("ports_in_use", media.portsInUse())
                .put("ports_total", media.portsTotal());
        var faults = body.putArray("faults");
        report.faults().forEach(faults::add);
        return Answer.ok(body);
    }

    private Answer metadata(ApiRequest request) {
        return Answer.ok(Json.object().putNull("web_domain").putNull("private_ipv4").putNull("public_ipv4").put("enable_ipv6", true)
                .putNull("private_ipv6").putNull("public_ipv6").putNull("primary_dns_server").putNull("secondary_dns_server")
                .put("name", "Gatehouse").put("domain", domain).putNull("website").putNull("avatar_url")
                .put("enable_ms365_integration", microsoftSignIn.get().isPresent())
                .put("ms365_authorization_endpoint", microsoftSignIn.get().orElse(null)));
    }
}
