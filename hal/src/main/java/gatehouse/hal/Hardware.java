package gatehouse.hal;

import java.io.IOException;
import java.util.List;

/**
 * The box as the software feels and moves it. One implementation drives real pins, one simulates them; both behave alike.
 * All methods are thread-safe and return at once; only {@link #openSerialLine} may block.
 */
public interface Hardware extends AutoCloseable {
    /** The board's name, as in its board description: {@code raspberry-pi}, {@code simulated}, … */
    String board();

    Led statusLed();

    /** Outputs that move something (door strikes), by the names the board description gives them; the first is the main door's. */
    List<RelayOutput> relayOutputs();

    List<DigitalInput> digitalInputs();

    /**
     * Opens a serial line, raw, 8N1.
     *
     * @param path  a device such as {@code /dev/ttyAMA0}, or the far side of a pty pair
     * @param speed bits per second
     * @throws IOException when the device is missing, busy or not a terminal; the message says which
     */
    SerialLine openSerialLine(String path, int speed) throws IOException;

    /** Releases every line and drives every output to its declared safe state. */
    @Override
    void close();
}
