package gatehouse.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/** The report over HTTP, and what clients ask before they sign in. */
public final class SystemRoutes implements Routes {
    private final SystemStatus status;
    private final String domain;
    private final Path data;
    private final Supplier<Optional<String>> microsoftSignIn;
    private final Supplier<ObjectNode> network;
    private final Supplier<ObjectNode> brand;

    /**
     * @param data            a folder on the disk that matters
     * @param microsoftSignIn where people sign in by Microsoft; empty while nobody can
     * @param network,brand   what an administrator told of them
     */
    public SystemRoutes(SystemStatus status, String domain, Path data, Supplier<Optional<String>> microsoftSignIn, Supplier<ObjectNode> network,
                        Supplier<ObjectNode> brand) {
        this.status = status;
        this.domain = domain;
        this.data = data;
        this.microsoftSignIn = microsoftSignIn;
        this.network = network;
        this.brand = brand;
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
        var machine = Machine.now(data);
        body.put("cpu_load", machine.cpuLoad() < 0 ? null : Math.round(machine.cpuLoad() * 1_000) / 1_000.0).put("cores", machine.cores())
                .put("memory_bytes", machine.memoryBytes()).put("free_memory_bytes", machine.freeMemoryBytes())
                .put("disk_bytes", machine.diskBytes()).put("free_disk_bytes", machine.freeDiskBytes());
        var faults = body.putArray("faults");
        report.faults().forEach(faults::add);
        return Answer.ok(body);
    }

    private Answer metadata(ApiRequest request) {
        var told = network.get().retain("web_domain", "public_ipv4", "public_ipv6", "enable_ipv6"); // what is inside is no stranger's business
        return Answer.ok(told.put("name", brand.get().path("product").asText("Gatehouse")).put("domain", domain)
                .put("website", brand.get().path("website").textValue())
                .put("enable_ms365_integration", microsoftSignIn.get().isPresent())
                .put("ms365_authorization_endpoint", microsoftSignIn.get().orElse(null)));
    }
}
