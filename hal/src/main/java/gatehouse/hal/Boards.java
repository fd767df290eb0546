package gatehouse.hal;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds out which board this is and opens its hardware. */
public final class Boards {
    private static final System.Logger LOG = System.getLogger(Boards.class.getName());
    private static final Path MODEL = Path.of("/proc/device-tree/model");

    private Boards() {
    }

    /**
     * Opens the named board, or the one detected. A board without pins, or one whose pins cannot be had, is simulated, and the log says so.
     *
     * @throws IllegalArgumentException when {@code name} is not described
     */
    public static Hardware open(Optional<String> name) {
        var board = name.map(Board::named).orElseGet(() -> detect(MODEL));
        if (board.relays().stream().noneMatch(relay -> !relay.line().isEmpty())) {
            return new SimulatedHardware(board);
        }
        try {
            var hardware = new GpiodHardware(board);
            LOG.log(Level.INFO, "Hardware: " + board.name());
            return hardware;
        } catch (HardwareFailure e) {
            LOG.log(Level.WARNING, "The pins of " + board.name() + " cannot be used, so lamp and relays are simulated: " + e.getMessage());
            return new SimulatedHardware(Board.named("simulated"));
        }
    }

    /** The board whose word stands in the device tree's model; {@code simulated} without pins. */
    static Board detect(Path model) {
        try {
            var text = Files.readString(model, StandardCharsets.UTF_8);
            return Board.shipped().stream().filter(board -> board.models().stream().anyMatch(text::contains)).findFirst()
                    .orElseGet(() -> Board.named("simulated"));
        } catch (IOException noDeviceTree) {
            return Board.named("simulated");
        }
    }
}
