package gatehouse.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.core.Events;
import gatehouse.system.Watch.Part;
import gatehouse.testkit.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** With a machine as full as the test says, and minutes that pass when it says so. */
class WatchTest {
    private final Map<Part, Long> full = new EnumMap<>(Map.of(Part.DISK, 10L, Part.PROCESSOR, 10L, Part.MEMORY, 10L));
    private final Map<Part, Double> thresholds = new EnumMap<>(Map.of(Part.DISK, 80.0, Part.PROCESSOR, 80.0, Part.MEMORY, 80.0));
    private final ManualTimers timers = new ManualTimers();
    private final List<MachineEvent.Exceeded> told = new ArrayList<>();

    /** Lets the minutes pass, each as full as its number. */
    private List<Part> after(Part part, long... percents) {
        try (var events = new Events()) {
            events.on(MachineEvent.Exceeded.class, told::add);
            try (var watch = new Watch(asked -> new Watch.Use(full.get(asked), 100),
                    asked -> thresholds.containsKey(asked) ? OptionalDouble.of(thresholds.get(asked)) : OptionalDouble.empty(), events, timers)) {
                full.put(part, percents[0]);
                watch.start();
                for (int i = 1; i < percents.length; i++) {
                    full.put(part, percents[i]);
                    timers.push(Duration.ofMinutes(1));
                }
            }
            assertEquals(0, timers.waiting(), "nothing looks after the end");
        }
        return told.stream().map(MachineEvent.Exceeded::part).toList(); // all are delivered once events is closed
    }

    @Test
    void a_disk_that_fills_is_told_once_until_it_was_well_below() {
        assertEquals(List.of(Part.DISK), after(Part.DISK, 80, 81, 90, 79, 95));
        assertEquals(81, told.getFirst().use().percent());
        assertEquals(List.of(Part.DISK, Part.DISK, Part.DISK), after(Part.DISK, 81, 74, 81));
    }

    @Test
    void a_processor_has_to_be_busy_for_five_minutes_and_memory_full_for_three() {
        assertEquals(List.of(), after(Part.PROCESSOR, 99, 99, 99, 99, 10, 99));
        assertEquals(List.of(Part.PROCESSOR), after(Part.PROCESSOR, 99, 99, 99, 99, 99, 99));
        full.put(Part.PROCESSOR, 10L);
        assertEquals(List.of(Part.PROCESSOR, Part.MEMORY), after(Part.MEMORY, 99, 99, 99, 99));
    }

    @Test
    void what_nobody_wants_to_hear_of_is_not_told() {
        thresholds.clear();
        assertEquals(List.of(), after(Part.DISK, 100, 100, 100));
    }
}
