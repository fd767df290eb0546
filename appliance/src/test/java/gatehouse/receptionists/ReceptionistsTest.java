package gatehouse.receptionists;

import static gatehouse.testkit.Workbench.ADMIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.receptionists.ActionUrl.Auth;
import gatehouse.receptionists.ActionUrl.Method;
import gatehouse.receptionists.ActionUrl.When;
import gatehouse.testkit.Week5x8;
import gatehouse.testkit.Workbench;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What calls will ask of receptionists, on a store of its own. */
class ReceptionistsTest {
    private static ObjectNode json(String text) {
        return (ObjectNode) Json.parse(text);
    }

    @Test
    void a_receptionist_is_found_by_its_number_with_its_pin_and_where_it_asks(@TempDir Path folder) {
        try (var bench = new Workbench(folder, Clock.systemUTC(), "101")) {
            var receptionists = new Receptionists(bench.keeping, (_, _) -> Set.of(), bench.files, Week5x8.BY_DAY);
            var urls = new ActionUrls(bench.keeping, receptionists);
            var id = receptionists.create(ADMIN, json("{\"name\": \"Front\", \"extension_number\": \"600\", \"pin\": \"864209\"}"));
            assertEquals(Optional.of("Front"), receptionists.byNumber("600").map(Receptionist::name));
            assertEquals(Optional.empty(), receptionists.byNumber("101"), "a user is no receptionist");
            assertEquals(Optional.of("864209"), receptionists.pin(id));

            urls.create(ADMIN, id, json("{\"type\": \"CALLER\", \"url\": \"http://192.0.2.1/off\", \"enabled\": false}"));
            urls.create(ADMIN, id, json("""
                    {"type": "DTMF", "dtmf_mask": "1**", "caller_mask": "9", "url": "https://example.org/a", "enabled": true, "auth": "BASIC",
                     "username": "gatehouse", "password": "secret12", "headers": "X-A: 1", "connection_timeout": 3, "request_timeout": 4}"""));
            var found = urls.of(id);
            assertEquals(1, found.size(), "those that are switched off are not asked");
            var url = found.getFirst();
            assertEquals(When.DTMF, url.when());
            assertTrue(url.mask().orElseThrow().fits("123"));
            assertFalse(url.mask().orElseThrow().fits("9"));
            assertEquals(Method.GET, url.method());
            assertEquals(URI.create("https://example.org/a"), url.url());
            assertEquals(Map.of("X-A", "1"), url.headers());
            assertEquals(Auth.BASIC, url.auth());
            assertEquals(Optional.of("secret12"), urls.secret(id, url));
            assertEquals(4, url.answerTimeout().toSeconds());
        }
    }
}
