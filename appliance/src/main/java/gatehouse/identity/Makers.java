package gatehouse.identity;

import gatehouse.phones.Phone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Who makes phones: the words of their User-Agents and the beginnings of their MACs, as far as known. */
final class Makers {
    private record Maker(String name, List<Pattern> words, List<String> blocks) { }

    private static final List<Maker> ALL = read();

    private Makers() {
    }

    private static List<Maker> read() {
        try (var in = Makers.class.getResourceAsStream("makers.txt")) {
            if (in == null) {
                throw new IllegalStateException("makers.txt is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#") && !line.isBlank()).map(line -> {
                var parts = line.split(";", -1);
                return new Maker(parts[0].strip(), words(parts[1]).stream().map(word -> Pattern.compile("(?i)(?<![a-z])" + Pattern.quote(word))).toList(),
                        words(parts[2]));
            }).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.strip().split(" +")).filter(word -> !word.isEmpty()).toList();
    }

    /** The maker that a User-Agent names; empty when it names none that we know. */
    static String inAgent(String userAgent) {
        return ALL.stream().filter(maker -> maker.words.stream().anyMatch(word -> word.matcher(userAgent).find())).map(Maker::name).findFirst().orElse("");
    }

    /** The maker that a MAC was given to. */
    static Optional<String> ofMac(String mac) {
        return ALL.stream().filter(maker -> maker.blocks.contains(mac.substring(0, 6))).map(Maker::name).findFirst();
    }

    /** Whether MAC or User-Agent are known to be of another maker than the phone's template. */
    static boolean foreign(Phone phone, String userAgent) {
        var own = phone.vendor().toLowerCase(Locale.ROOT);
        if (ALL.stream().noneMatch(maker -> maker.name.equals(own))) {
            return false;
        }
        var said = inAgent(userAgent);
        return !said.isEmpty() && !said.equals(own) || ofMac(phone.mac()).filter(maker -> !maker.equals(own)).isPresent();
    }
}
