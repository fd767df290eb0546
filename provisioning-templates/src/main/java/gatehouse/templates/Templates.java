package gatehouse.templates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The templates that come with the box. Read when first asked for, so that they cost a start nothing. Thread-safe. */
public final class Templates {
    private static final List<String> SHIPPED = List.of(
            "2n.ph.xml", "akuvox.ph.xml", "alcatel.ph.xml", "algo.ph.xml", "cisco.ph.xml", "cisco_spa.ph.xml", "cyberdata.ph.xml", "fanvil.ph.xml",
            "generic.ph.xml", "gigaset.ph.xml", "grandstream.ph.xml", "grandstream_dect.ph.xml", "grandstream_numbers.ph.xml", "htek.ph.xml",
            "mitel.ph.xml", "poly.ph.xml", "snom.ph.xml", "snom_dect.ph.xml", "yealink.ph.xml", "yealink_dect.ph.xml", "zenitel.ph.xml");
    private volatile Map<String, Template> byFilename;

    private Templates() {
    }

    /** Those in the jar. */
    public static Templates shipped() {
        return new Templates();
    }

    /** Sorted by file name. */
    public Collection<Template> all() {
        return read().values();
    }

    public Optional<Template> named(String filename) {
        return Optional.ofNullable(read().get(filename));
    }

    private Map<String, Template> read() {
        var known = byFilename;
        return known == null ? readOnce() : known;
    }

    private synchronized Map<String, Template> readOnce() {
        if (byFilename == null) {
            var all = new TreeMap<String, Template>();
            SHIPPED.forEach(name -> all.put(name, Template.read(name, text(name))));
            byFilename = all;
        }
        return byFilename;
    }

    private static String text(String name) {
        try (var in = Templates.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The template " + name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
