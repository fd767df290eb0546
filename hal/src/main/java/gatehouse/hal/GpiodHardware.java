package gatehouse.hal;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalInputProvider;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Real pins by libgpiod through Pi4J, which finds the header's chip by its label on a Pi 4 and a Pi 5. Thread-safe. */
final class GpiodHardware implements Hardware {
    private final Board board;
    private final Context pi4j;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("pins").daemon().factory());
    private final Led led;
    private final List<RelayOutput> relays;
    private final List<DigitalInput> inputs;

    /** @throws HardwareFailure when there is no GPIO chip, no right to use it, or a line is taken */
    GpiodHardware(Board board) {
        this.board = board;
        requireChip(Path.of("/dev"));
        try {
            pi4j = Pi4J.newContextBuilder().add(GpioDDigitalOutputProvider.newInstance(), GpioDDigitalInputProvider.newInstance()).build();
            led = board.led().<Led>map(line -> new BlinkingLed(output("status-led", line, false), clock)).orElseGet(DarkLed::new);
            relays = board.relays().stream().map(this::relay).toList();
            inputs = board.inputs().stream().map(this::input).toList();
        } catch (RuntimeException | UnsatisfiedLinkError e) {
            clock.shutdownNow();
            throw new HardwareFailure("libgpiod refused: " + e.getMessage() + ". Is the user in the group gpio, and is no other program using the lines?", e);
        }
    }

    static void requireChip(Path devices) {
        try (var chips = Files.newDirectoryStream(devices, "gpiochip*")) {
            if (!chips.iterator().hasNext()) {
                throw new HardwareFailure("There is no " + devices + "/gpiochip*; the kernel knows no GPIO chip.", null);
            }
        } catch (IOException e) {
            throw new HardwareFailure(devices + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The header's labels carry their line's number: GPIO22 is line 22 of the header's chip, on every Pi. */
    static int offset(String label) {
        if (!label.matches("GPIO\\d{1,3}")) {
            throw new HardwareFailure("The line " + label + " is not a header label such as GPIO22.", null);
        }
        return Integer.parseInt(label.substring("GPIO".length()));
    }

    private DigitalOutput output(String id, String line, boolean activeLow) {
        var released = activeLow ? DigitalState.HIGH : DigitalState.LOW;
        return pi4j.create(DigitalOutput.newConfigBuilder(pi4j).id(id).address(offset(line)).initial(released).shutdown(released)
                .provider("gpiod-digital-output").build());
    }

    private RelayOutput relay(Board.Relay relay) {
        var pin = output(relay.name(), relay.line(), relay.activeLow());
        return new GuardedRelay(relay.name(), relay.longestOn(), on -> pin.state(on == relay.activeLow() ? DigitalState.LOW : DigitalState.HIGH), clock);
    }

    private DigitalInput input(Board.Input input) {
        var pin = pi4j.create(com.pi4j.io.gpio.digital.DigitalInput.newConfigBuilder(pi4j).id(input.name()).address(offset(input.line()))
                .debounce(input.debounce().toNanos() / 1000, TimeUnit.MICROSECONDS).provider("gpiod-digital-input").build());
        return new PinInput(input.name(), pin, input.activeLow() ? DigitalState.LOW : DigitalState.HIGH);
    }

    @Override
    public String board() {
        return board.name();
    }

    @Override
    public Led statusLed() {
        return led;
    }

    @Override
    public List<RelayOutput> relayOutputs() {
        return relays;
    }

    @Override
    public List<DigitalInput> digitalInputs() {
        return inputs;
    }

    @Override
    public SerialLine openSerialLine(String path, int speed) throws IOException {
        return JsscSerialLine.open(path, speed);
    }

    @Override
    public void close() {
        relays.forEach(RelayOutput::release);
        led.show(LedPattern.OFF);
        clock.shutdownNow();
        pi4j.shutdown();
    }

    private record PinInput(String name, com.pi4j.io.gpio.digital.DigitalInput pin, DigitalState whenActive) implements DigitalInput {
        @Override
        public boolean active() {
            return pin.state() == whenActive;
        }

        @Override
        public void onChange(Consumer<Boolean> listener) {
            pin.addListener(change -> listener.accept(change.state() == whenActive));
        }
    }

    /** Blinks by a timer that looks at the pattern 20 times a second, and only while the pattern blinks. */
    private static final class BlinkingLed implements Led {
        private static final Duration STEP = Duration.ofMillis(50);
        private final DigitalOutput pin;
        private final ScheduledExecutorService clock;
        private LedPattern pattern = LedPattern.OFF;
        private long since;
        private Future<?> blinking;

        BlinkingLed(DigitalOutput pin, ScheduledExecutorService clock) {
            this.pin = pin;
            this.clock = clock;
        }

        @Override
        public synchronized void show(LedPattern next) {
            if (next == pattern) {
                return;
            }
            Optional.ofNullable(blinking).ifPresent(task -> task.cancel(false));
            pattern = next;
            since = System.nanoTime();
            light();
            blinking = next.blinks() ? clock.scheduleAtFixedRate(this::light, STEP.toMillis(), STEP.toMillis(), TimeUnit.MILLISECONDS) : null;
        }

        private synchronized void light() {
            pin.state(lit() ? DigitalState.HIGH : DigitalState.LOW);
        }

        @Override
        public synchronized LedPattern pattern() {
            return pattern;
        }

        @Override
        public synchronized boolean lit() {
            return pattern.litAfter(Duration.ofNanos(System.nanoTime() - since));
        }
    }

    /** A board without a lamp still has a state to tell. */
    private static final class DarkLed implements Led {
        private volatile LedPattern pattern = LedPattern.OFF;

        @Override
        public void show(LedPattern next) {
            pattern = next;
        }

        @Override
        public LedPattern pattern() {
            return pattern;
        }

        @Override
        public boolean lit() {
            return false;
        }
    }
}
