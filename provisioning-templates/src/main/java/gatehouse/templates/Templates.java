package gatehouse.templates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The templates of a box. Immutable. */
public final class Templates {
    private static final List<String> SHIPPED = List.of("yealink.ph.xml", "snom.ph.xml", "generic.ph.xml");
    private final Map<String, Template> byFilename;

    private Templates(Map<String, Template> byFilename) {
        this.byFilename = byFilename;
    }

    /** Those in the jar. */
    public static Templates shipped() {
        var all = new LinkedHashMap<String, Template>();
        for (var filename : SHIPPED) {
            try {
                all.put(filename, TemplateReader.read(filename, text(filename)));
            } catch (TemplateException e) {
                throw new IllegalStateException("A shipped template is broken: " + e.getMessage(), e);
            }
        }
        return new Templates(all);
    }

    static String text(String filename) {
        try (var in = Templates.class.getResourceAsStream(filename)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Optional<Template> named(String filename) {
        return Optional.ofNullable(byFilename.get(filename));
    }

    public Collection<Template> all() {
        return byFilename.values();
    }
}
