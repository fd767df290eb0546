package gatehouse.hal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardwareTest {
    @TempDir
    Path folder;

    @Test
    void the_patterns_differ_in_rhythm() {
        assertFalse(LedPattern.OFF.litAfter(Duration.ofSeconds(5)));
        assertTrue(LedPattern.READY.litAfter(Duration.ofSeconds(5)));
        assertTrue(LedPattern.BOOTING.litAfter(Duration.ofMillis(100)));
        assertFalse(LedPattern.BOOTING.litAfter(Duration.ofMillis(300)));
        assertTrue(LedPattern.IN_CALL.litAfter(Duration.ofMillis(1400)));
        assertFalse(LedPattern.IN_CALL.litAfter(Duration.ofMillis(1600)));
        assertEquals(List.of(true, false, true, false), List.of(100, 200, 400, 900).stream()
                .map(at -> LedPattern.FAULT.litAfter(Duration.ofMillis(at))).toList());
    }

    @Test
    void the_simulated_lamp_blinks_as_the_pattern_says() {
        var nanos = new AtomicLong();
        try (var box = new SimulatedHardware(Board.named("simulated"), nanos::get)) {
            box.statusLed().show(LedPattern.BOOTING);
            assertTrue(box.statusLed().lit());
            nanos.addAndGet(Duration.ofMillis(300).toNanos());
            assertFalse(box.statusLed().lit());
            assertEquals(LedPattern.BOOTING, box.statusLed().pattern());
        }
    }

    @Test
    void a_forgotten_relay_lets_go_by_itself() throws Exception {
        var moves = new java.util.concurrent.LinkedBlockingQueue<Boolean>();
        try (var guard = Executors.newSingleThreadScheduledExecutor()) {
            var relay = new GuardedRelay("door", Duration.ofMillis(30), moves::add, guard);
            relay.energise();
            assertEquals(true, moves.poll(5, TimeUnit.SECONDS));
            assertEquals(false, moves.poll(5, TimeUnit.SECONDS));
            assertFalse(relay.energised());
        }
    }

    @Test
    void closing_the_box_releases_its_relays() {
        var box = new SimulatedHardware();
        var relay = box.relayOutputs().getFirst();
        relay.energise();
        assertTrue(relay.energised());
        box.close();
        assertFalse(relay.energised());
    }

    @Test
    void a_pressed_button_is_heard_once() throws Exception {
        try (var box = new SimulatedHardware()) {
            var heard = new CountDownLatch(1);
            box.digitalInputs().getFirst().onChange(active -> {
                assertTrue(active);
                heard.countDown();
            });
            box.press("button", true);
            box.press("button", true);
            assertEquals(0, heard.getCount());
            assertTrue(box.digitalInputs().getFirst().active());
        }
    }

    @Test
    void a_board_is_known_by_its_device_tree() throws Exception {
        var model = Files.writeString(folder.resolve("model"), "Raspberry Pi 5 Model B Rev 1.0\0");
        assertEquals("raspberry-pi", Boards.detect(model).name());
        assertEquals("simulated", Boards.detect(folder.resolve("none")).name());
    }

    @Test
    void every_shipped_board_can_be_read() {
        var pi = Board.named("raspberry-pi");
        assertEquals(List.of("door-1", "door-2"), pi.relays().stream().map(Board.Relay::name).toList());
        assertEquals(22, GpiodHardware.offset(pi.relays().getFirst().line()));
        assertEquals(3, Board.shipped().size());
    }

    @Test
    void an_unknown_board_is_refused_with_the_known_ones() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Boards.open(Optional.of("toaster")));
        assertTrue(refused.getMessage().contains("raspberry-pi"), refused.getMessage());
    }

    @Test
    void without_a_gpio_chip_the_reason_is_said() {
        var refused = assertThrows(HardwareFailure.class, () -> GpiodHardware.requireChip(folder));
        assertTrue(refused.getMessage().contains("gpiochip"), refused.getMessage());
    }

    @Test
    void a_board_whose_pins_cannot_be_had_runs_simulated() {
        try (var box = Boards.open(Optional.of("raspberry-pi"))) {
            assertEquals(2, box.relayOutputs().size());
        }
    }
}
