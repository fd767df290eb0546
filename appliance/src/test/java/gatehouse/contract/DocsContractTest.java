package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The API's document for people. */
class DocsContractTest {
    private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"|fetch\\('([^']+)'\\)");
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    @Test
    void the_page_and_all_it_needs_come_from_the_box() throws Exception {
        var page = ApiClient.fetch(box.httpsOrigin() + "/api/docs", "Test");
        assertEquals(200, page.statusCode());
        assertEquals("text/html; charset=utf-8", page.headers().firstValue("Content-Type").orElseThrow());
        assertTrue(page.headers().firstValue("Content-Security-Policy").orElseThrow().contains("default-src 'self'"));
        assertFalse(page.body().contains("<script>") || page.body().contains("style="), "the policy would not let it run");
        var script = ApiClient.fetch(box.httpsOrigin() + "/api/docs/page.js", "Test");
        var links = LINK.matcher(page.body() + script.body());
        var found = 0;
        while (links.find()) {
            var link = links.group(1) == null ? links.group(2) : links.group(1);
            assertTrue(link.startsWith("/api/"), link);
            assertEquals(200, ApiClient.fetch(box.httpsOrigin() + link, "Test").statusCode(), link);
            found++;
        }
        assertTrue(found >= 4, found + " links");
        assertEquals("text/javascript; charset=utf-8", script.headers().firstValue("Content-Type").orElseThrow());
        assertEquals(404, ApiClient.fetch(box.httpsOrigin() + "/api/docs/other.js", "Test").statusCode());
    }

    @Test
    void every_operation_says_in_a_few_words_what_it_does_and_who_may() {
        var named = 0;
        for (var path : box.stranger().get("/openapi.json").expect(200).get("paths")) {
            for (var operation : path) {
                assertFalse(operation.path("summary").asText().isBlank(), operation.path("operationId").asText());
                assertFalse(operation.path("x-permission").asText().isBlank(), operation.path("operationId").asText());
                named++;
            }
        }
        assertTrue(named > 100, "this is the whole API");
    }
}
