package gatehouse.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ManualTimers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** With minutes that pass when the test says so. */
class StatisticsTest {
    private final ManualTimers timers = new ManualTimers();
    private final List<String> told = new ArrayList<>();
    private int seconds;

    @Test
    void it_tells_as_often_as_is_wanted_and_not_after_the_end() {
        var statistics = new Statistics(() -> new Statistics.Load(12, 3, 4_500, 120L << 20), () -> seconds, timers, told::add);
        statistics.start();
        timers.push(Duration.ofHours(1));
        assertTrue(told.isEmpty(), "nobody wants it");
        seconds = 600;
        statistics.start();
        timers.push(Duration.ofMinutes(25));
        assertEquals(List.of("12 phones registered, 3 calls, 4500 packets forwarded, 120 MB in use.", "12 phones registered, 3 calls, 4500 packets forwarded, "
                + "120 MB in use."), told);
        seconds = 60;
        statistics.start();
        timers.push(Duration.ofMinutes(1));
        assertEquals(3, told.size());
        statistics.close();
        assertEquals(0, timers.waiting());
    }
}
