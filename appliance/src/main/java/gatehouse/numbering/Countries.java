package gatehouse.numbering;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every country that has a telephone code, from the table in the jar. Immutable, thread-safe. */
public final class Countries {
    private final List<Country> all;
    private final Map<String, Country> byCode = new HashMap<>();
    private final Map<String, Country> byName = new HashMap<>();
    private final int longestCode;

    private Countries(List<Country> all) {
        this.all = List.copyOf(all);
        for (var country : all) {
            country.codes().forEach(code -> byCode.putIfAbsent(code, country)); // the main country of a shared code stands first
            byName.put(country.alpha2(), country);
            byName.put(country.alpha3(), country);
        }
        byName.remove("");
        longestCode = byCode.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /** Reads the table: 254 lines, a few milliseconds. */
    public static Countries shipped() {
        try (var in = Countries.class.getResourceAsStream("countries.csv")) {
            var countries = new ArrayList<Country>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                var field = line.split(";", -1);
                countries.add(new Country(words(field[0]), field[1], field[2], field[3], words(field[4]), field[5]));
            });
            return new Countries(countries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    public List<Country> all() {
        return all;
    }

    /** The code that a number begins with, the longest there is; empty when nobody has it. @param e164 digits alone */
    public Optional<String> codeOf(String e164) {
        for (int length = Math.min(longestCode, e164.length()); length > 0; length--) {
            if (byCode.containsKey(e164.substring(0, length))) {
                return Optional.of(e164.substring(0, length));
            }
        }
        return Optional.empty();
    }

    /** Who has exactly this code; of several, the main one. */
    public Optional<Country> byCode(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** As people name a country: {@code 49}, {@code +49}, {@code DE} or {@code DEU}. */
    public Optional<Country> named(String text) {
        var plain = text.strip().toUpperCase(Locale.ROOT);
        return Optional.ofNullable(byName.get(plain)).or(() -> byCode(plain.startsWith("+") ? plain.substring(1) : plain));
    }
}
