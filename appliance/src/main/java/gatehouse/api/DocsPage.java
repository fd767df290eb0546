package gatehouse.api;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The API's document for people: a page of our own that reads {@code openapi.json}, with nothing from elsewhere. */
final class DocsPage {
    private record File(String name, String type) { }

    private static final Map<List<String>, File> FILES = Map.of(
            List.of("docs"), new File("docs/index.html", "text/html; charset=utf-8"),
            List.of("docs", "page.css"), new File("docs/page.css", "text/css; charset=utf-8"),
            List.of("docs", "page.js"), new File("docs/page.js", "text/javascript; charset=utf-8"));

    private DocsPage() {
    }

    /** @return whether {@code path}, below {@code /api}, was one of the page's */
    static boolean send(ServerRequest request, ServerResponse response, List<String> path) {
        var file = FILES.get(path);
        if (file == null || !(Sender.isHead(request) || request.prologue().method().text().equals("GET"))) {
            return false;
        }
        var bytes = bytes(file.name);
        response.header(HeaderNames.CONTENT_TYPE, file.type).header(HeaderNames.CACHE_CONTROL, "no-cache");
        if (Sender.isHead(request)) {
            response.contentLength(bytes.length);
            response.send();
        } else {
            response.send(bytes);
        }
        return true;
    }

    private static byte[] bytes(String name) {
        try (var in = DocsPage.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
