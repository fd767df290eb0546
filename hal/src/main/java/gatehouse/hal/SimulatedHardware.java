package gatehouse.hal;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The box without pins: everything behaves as on a board, and its state can be read. Inputs are pressed by hand. Thread-safe. */
public final class SimulatedHardware implements Hardware {
    private final ScheduledExecutorService guard = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("relay-guard").daemon().factory());
    private final SimulatedLed led;
    private final List<RelayOutput> relays;
    private final List<SimulatedInput> inputs;
    private final String board;

    /** Two doors, a button and a lamp. */
    public SimulatedHardware() {
        this(Board.named("simulated"));
    }

    SimulatedHardware(Board board) {
        this(board, System::nanoTime);
    }

    SimulatedHardware(Board board, LongSupplier nanos) {
        this.board = board.name();
        led = new SimulatedLed(nanos);
        relays = board.relays().stream().<RelayOutput>map(relay -> new GuardedRelay(relay.name(), relay.longestOn(), _ -> { }, guard)).toList();
        inputs = board.inputs().stream().map(input -> new SimulatedInput(input.name())).toList();
    }

    @Override
    public String board() {
        return board;
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
        return List.copyOf(inputs);
    }

    /** Presses or lets go of the input called {@code name}. */
    public void press(String name, boolean active) {
        inputs.stream().filter(input -> input.name.equals(name)).forEach(input -> input.set(active));
    }

    @Override
    public SerialLine openSerialLine(String path, int speed) throws IOException {
        return JsscSerialLine.open(path, speed); // serial lines are real even here: a pty pair is one
    }

    @Override
    public void close() {
        relays.forEach(RelayOutput::release);
        led.show(LedPattern.OFF);
        guard.shutdownNow();
    }

    private static final class SimulatedLed implements Led {
        private final LongSupplier nanos;
        private volatile Shown shown;

        private record Shown(LedPattern pattern, long since) { }

        SimulatedLed(LongSupplier nanos) {
            this.nanos = nanos;
            shown = new Shown(LedPattern.OFF, nanos.getAsLong());
        }

        @Override
        public void show(LedPattern pattern) {
            if (shown.pattern != pattern) {
                shown = new Shown(pattern, nanos.getAsLong());
            }
        }

        @Override
        public LedPattern pattern() {
            return shown.pattern;
        }

        @Override
        public boolean lit() {
            var now = shown;
            return now.pattern.litAfter(Duration.ofNanos(nanos.getAsLong() - now.since));
        }
    }

    private static final class SimulatedInput implements DigitalInput {
        private final String name;
        private volatile boolean active;
        private volatile Consumer<Boolean> listener = _ -> { };

        SimulatedInput(String name) {
            this.name = name;
        }

        void set(boolean pressed) {
            if (active != pressed) {
                active = pressed;
                listener.accept(pressed);
            }
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public boolean active() {
            return active;
        }

        @Override
        public void onChange(Consumer<Boolean> newListener) {
            listener = newListener;
        }
    }
}
