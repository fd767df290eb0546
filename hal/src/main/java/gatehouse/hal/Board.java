package gatehouse.hal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.IntStream;

/**
 * A board as data: which line drives what, and what is safe. One properties file a board; a new board changes no Java.
 * GPIO lines are named by their kernel label, because chip numbers move between kernels.
 *
 * @param name   the file's name
 * @param models words in the device tree's model that mean this board
 * @param led    the status lamp's line, if there is one
 * @param relays outputs in order; the first is the main door's
 * @param inputs contacts and buttons
 */
record Board(String name, List<String> models, Optional<String> led, List<Relay> relays, List<Input> inputs) {

    /** @param activeLow energised by a low level, as most relay boards are; @param longestOn the guard time */
    record Relay(String name, String line, boolean activeLow, Duration longestOn) { }

    record Input(String name, String line, boolean activeLow, Duration debounce) { }

    private static final List<String> SHIPPED = List.of("raspberry-pi", "generic", "simulated");

    static List<Board> shipped() {
        return SHIPPED.stream().map(Board::load).toList();
    }

    /** @throws IllegalArgumentException when no such board is described; the message lists those that are */
    static Board named(String name) {
        if (!SHIPPED.contains(name)) {
            throw new IllegalArgumentException("There is no board description " + name + "; there are " + String.join(", ", SHIPPED));
        }
        return load(name);
    }

    private static Board load(String name) {
        var properties = new Properties();
        try (InputStream in = Board.class.getResourceAsStream("boards/" + name + ".properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Board(name, words(properties.getProperty("models", "")), Optional.ofNullable(properties.getProperty("led")),
                numbered(properties, "relay").map(key -> relay(properties, key)).toList(),
                numbered(properties, "input").map(key -> input(properties, key)).toList());
    }

    private static java.util.stream.Stream<String> numbered(Properties properties, String kind) {
        return IntStream.rangeClosed(1, 8).mapToObj(n -> kind + "." + n).filter(key -> properties.containsKey(key + ".name"));
    }

    private static Relay relay(Properties properties, String key) {
        return new Relay(properties.getProperty(key + ".name"), properties.getProperty(key + ".line", ""),
                Boolean.parseBoolean(properties.getProperty(key + ".active-low", "false")),
                Duration.ofSeconds(Long.parseLong(properties.getProperty(key + ".longest-on-seconds", "30"))));
    }

    private static Input input(Properties properties, String key) {
        return new Input(properties.getProperty(key + ".name"), properties.getProperty(key + ".line", ""),
                Boolean.parseBoolean(properties.getProperty(key + ".active-low", "true")),
                Duration.ofMillis(Long.parseLong(properties.getProperty(key + ".debounce-milliseconds", "30"))));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(word -> !word.isEmpty()).toList();
    }
}
