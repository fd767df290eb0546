package gatehouse.system;

import gatehouse.calls.Calls;
import gatehouse.hal.Hardware;
import gatehouse.media.Media;
import gatehouse.registrations.Registrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Puts the report together. Thread-safe. */
public final class SystemStatus {
    /** @param residentBytes what the kernel says the process holds; 0 where it does not say */
    public record Report(String version, Instant startedAt, Duration uptime, String board, String ledPattern, boolean ledLit, List<Relay> relays,
                         List<Input> inputs, int registered, int calls, long residentBytes, long heapBytes, Media.MediaCounters media,
                         List<String> faults) { }

    public record Relay(String name, boolean energised) { }

    public record Input(String name, boolean active) { }

    private static final Path KERNEL_STATUS = Path.of("/proc/self/status");
    private final String version;
    private final Clock clock;
    private final Instant startedAt;
    private final Hardware hardware;
    private final StatusLed led;
    private final Registrations registrations;
    private final Calls calls;
    private final Media media;

    public SystemStatus(String version, Clock clock, Hardware hardware, StatusLed led, Registrations registrations, Calls calls, Media media) {
        this.version = version;
        this.clock = clock;
        this.startedAt = clock.instant();
        this.hardware = hardware;
        this.led = led;
        this.registrations = registrations;
        this.calls = calls;
        this.media = media;
    }

    public Report report() {
        var runtime = Runtime.getRuntime();
        return new Report(version, startedAt, Duration.between(startedAt, clock.instant()), hardware.board(), hardware.statusLed().pattern().name(),
                hardware.statusLed().lit(), hardware.relayOutputs().stream().map(relay -> new Relay(relay.name(), relay.energised())).toList(),
                hardware.digitalInputs().stream().map(input -> new Input(input.name(), input.active())).toList(), registrations.count(),
                calls.live().size(), resident(), runtime.totalMemory() - runtime.freeMemory(), media.counters(), led.faults());
    }

    private static long resident() {
        try (var lines = Files.lines(KERNEL_STATUS)) {
            return lines.filter(line -> line.startsWith("VmRSS:")).mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", ""))).findFirst().orElse(0);
        } catch (IOException notLinux) {
            return 0;
        }
    }
}
