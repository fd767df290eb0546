package gatehouse.system;

import gatehouse.core.Events;
import gatehouse.core.Timers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Looks once a minute how full the machine is, and tells when that is more than somebody allows. Thread-safe. */
public final class Watch implements AutoCloseable {
    private static final Duration EACH = Duration.ofMinutes(1);
    private static final double WELL_BELOW = 5; // points of a hundred: what wavers about a threshold is told once

    /** What can run out; {@code looks} says for how many in a row it must be full: a disk does not empty itself, the other two come and go. */
    public enum Part {
        DISK(1), PROCESSOR(5), MEMORY(3);

        private final int looks;

        Part(int looks) {
            this.looks = looks;
        }
    }

    /** @param size 0 where that is not known */
    public record Use(long used, long size) {
        public double percent() {
            return size == 0 ? 0 : 100.0 * used / size;
        }
    }

    /** How full a part may be, in percent; empty where nobody wants to hear of it. */
    @FunctionalInterface
    public interface Thresholds {
        OptionalDouble of(Part part);
    }

    private record Seen(int full, boolean told) {
        static final Seen NOTHING = new Seen(0, false);
    }

    private final Thresholds thresholds;
    private final Function<Part, Use> machine;
    private final Events events;
    private final Timers timers;
    private final Map<Part, Seen> seen = new EnumMap<>(Part.class); // guarded by this
    private Timers.Timer timer; // guarded by this
    private boolean closed; // guarded by this

    /** @param data a folder on the disk that matters */
    public Watch(Path data, Thresholds thresholds, Events events, Timers timers) {
        this(part -> use(part, data), thresholds, events, timers);
    }

    Watch(Function<Part, Use> machine, Thresholds thresholds, Events events, Timers timers) {
        this.machine = machine;
        this.thresholds = thresholds;
        this.events = events;
        this.timers = timers;
    }

    private static Use use(Part part, Path data) {
        var machine = Machine.now(data);
        return switch (part) {
            case DISK -> new Use(machine.diskBytes() - machine.freeDiskBytes(), machine.diskBytes());
            case PROCESSOR -> new Use(Math.max(0, Math.round(machine.cpuLoad() * 1_000)), 1_000);
            case MEMORY -> new Use(machine.memoryBytes() - available().orElse(machine.freeMemoryBytes()), machine.memoryBytes());
        };
    }

    /** What programs could have: the runtime counts as used what the kernel keeps of files for as long as nobody else wants it. */
    private static Optional<Long> available() {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemAvailable:")).findFirst().map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024);
        } catch (IOException | NumberFormatException elsewhere) {
            return Optional.empty();
        }
    }

    public void start() {
        look();
    }

    /** Looks now, and each minute from now on. */
    public synchronized void look() {
        if (closed) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        for (var part : Part.values()) {
            thresholds.of(part).ifPresentOrElse(threshold -> look(part, threshold), () -> seen.remove(part));
        }
        timer = timers.after(EACH, this::look);
    }

    private void look(Part part, double threshold) {
        var use = machine.apply(part);
        var before = seen.getOrDefault(part, Seen.NOTHING);
        var full = use.percent() > threshold ? before.full() + 1 : 0;
        var tells = full >= part.looks && !before.told();
        if (tells) {
            events.publish(new MachineEvent.Exceeded(part, use, threshold));
        }
        seen.put(part, new Seen(full, tells || before.told() && use.percent() > threshold - WELL_BELOW));
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
    }
}
