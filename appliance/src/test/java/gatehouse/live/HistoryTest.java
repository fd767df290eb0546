package gatehouse.live;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.api.Json;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class HistoryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration AT_ONCE = Duration.ZERO;
    private final History history = new History(Clock.fixed(NOW, ZoneOffset.UTC), 4);

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            history.add(new Told(Json.object(), Audience.holding("any")));
        }
    }

    @Test
    void a_reader_gets_what_came_since_in_order() throws InterruptedException {
        try (var reader = history.now()) {
            var before = reader.at();
            add(3);
            var numbers = reader.next(AT_ONCE, 10).stream().map(History.Entry::number).toList();
            assertEquals(List.of(before + 1, before + 2, before + 3), numbers);
            reader.passed(before + 2);
            assertEquals(List.of(before + 3), reader.next(AT_ONCE, 10).stream().map(History.Entry::number).toList());
        }
    }

    @Test
    void one_may_go_on_after_anything_that_is_kept_and_after_nothing_else() {
        var start = history.now().at();
        assertTrue(history.after(start).isPresent(), "nothing was missed yet");
        assertFalse(history.after(start + 1).isPresent(), "nobody gave this number");
        add(4);
        assertTrue(history.after(start).isPresent());
        add(1);
        assertFalse(history.after(start).isPresent(), "the first is no longer kept");
        assertTrue(history.after(start + 1).isPresent());
        assertTrue(history.after(start + 5).isPresent());
        assertFalse(history.after(start + 6).isPresent());
    }

    @Test
    void a_later_run_counts_on_from_a_later_time() {
        add(1_000);
        var later = new History(Clock.fixed(NOW.plusSeconds(2), ZoneOffset.UTC), 4);
        try (var old = history.now(); var fresh = later.now()) {
            assertTrue(fresh.at() > old.at());
            assertTrue(later.after(old.at()).isEmpty());
        }
    }

    @Test
    void a_reader_that_is_stuck_is_woken_once_it_falls_out_and_others_go_on() throws Exception {
        var started = new CountDownLatch(1);
        var interrupted = new AtomicBoolean();
        var leftClean = new AtomicBoolean();
        var stuck = Thread.ofVirtual().start(() -> {
            try (var _ = history.now()) {
                started.countDown();
                new CountDownLatch(1).await(); // a connection that takes nothing more
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            leftClean.set(!Thread.currentThread().isInterrupted());
        });
        started.await();
        try (var quick = history.now()) {
            for (int i = 0; i < 5; i++) {
                assertTrue(stuck.isAlive());
                add(1);
                quick.passed(quick.next(AT_ONCE, 10).getLast().number());
            }
            assertTrue(stuck.join(Duration.ofSeconds(5)));
            assertTrue(interrupted.get());
            assertTrue(leftClean.get(), "the thread may serve somebody else now");
            eventually(Duration.ofSeconds(5), () -> history.readers() == 1);
        }
    }

    @Test
    void a_reader_that_slept_is_not_given_a_story_with_a_hole() {
        var reader = history.now();
        add(5);
        assertThrows(InterruptedException.class, () -> reader.next(AT_ONCE, 10));
    }

    @Test
    void closing_ends_all_waiting() throws Exception {
        var ended = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try (var reader = history.now()) {
                if (reader.next(Duration.ofMinutes(1), 1).isEmpty()) {
                    ended.countDown();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        eventually(Duration.ofSeconds(5), () -> history.readers() == 1);
        history.close();
        assertTrue(ended.await(5, TimeUnit.SECONDS));
    }
}
