package gatehouse.discovery;

import gatehouse.templates.RenderedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a phone gets that has not shown enough: where to ask again in five minutes, and nothing else. */
final class StarterFiles {
    private static final Pattern YEALINK = Pattern.compile("y\\d{12}\\.cfg");
    private static final Pattern SNOM = Pattern.compile("snom[\\w\\-]{1,40}\\.(htm|xml)");

    private StarterFiles() {
    }

    /** @param url the starter's, ending in a slash */
    static Optional<RenderedFile> of(String file, String userAgent, String url) {
        var name = file.toLowerCase(Locale.ROOT);
        var agent = userAgent.toLowerCase(Locale.ROOT);
        if (YEALINK.matcher(name).matches() || agent.startsWith("yealink") && name.endsWith(".cfg")) {
            return Optional.of(new RenderedFile(file, "text/plain", text("starter-yealink.cfg", url)));
        }
        if (SNOM.matcher(name).matches() || agent.contains("snom") && (name.endsWith(".htm") || name.endsWith(".xml"))) {
            return Optional.of(new RenderedFile(file, "text/xml", text("starter-snom.xml", url)));
        }
        return Optional.empty();
    }

    private static String text(String resource, String url) {
        try (var in = StarterFiles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("The file " + resource + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("%%url%%", url);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
