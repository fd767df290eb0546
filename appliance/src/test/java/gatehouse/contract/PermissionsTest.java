package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.ApiClient.Reply;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/**
 * Walks every operation for nobody and for each built-in role, and holds the outcome to a table that a person can read
 * (src/test/resources/gatehouse/contract/permissions.txt). {@code GOLDEN=update} renews it; review the difference.
 * A request names things that do not exist and has a body of the wrong kind, so that it tells who may, and changes nothing.
 */
class PermissionsTest {
    private static final Path GOLDEN = Path.of("src/test/resources/gatehouse/contract/permissions.txt");
    private static final List<String> ROLES = List.of("SystemAdmin", "Replicator", "Dealer", "Admin", "StandardUser", "StandardInternationalUser",
            "QueueManager");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NOBODY = "nobody";

    private record Asker(String name, String password) { }

    private final Map<String, Asker> askers = new LinkedHashMap<>();
    private final Map<String, ApiClient> clients = new LinkedHashMap<>();

    @Test
    void each_operation_is_open_to_whom_the_table_says() throws IOException {
        try (var box = Box.start()) {
            clients.put(NOBODY, box.stranger());
            for (int i = 0; i < ROLES.size(); i++) {
                var number = Integer.toString(201 + i);
                box.admin().post("/users", Box.aUser(number).put("role", ROLES.get(i))).expect(201);
                askers.put(ROLES.get(i), new Asker("user" + number, "password-" + number));
                clients.put(ROLES.get(i), signedIn(box, ROLES.get(i)));
            }
            var table = table(box, box.stranger().get("/openapi.json").expect(200));
            if ("update".equals(System.getenv("GOLDEN"))) {
                Files.writeString(GOLDEN, table);
            }
            assertEquals(Files.readString(GOLDEN), table);
        }
    }

    private ApiClient signedIn(Box box, String role) {
        var asker = askers.get(role);
        var body = "{\"username\":\"" + asker.name + "\",\"password\":\"" + asker.password + "\"}";
        var tokens = patiently(() -> box.stranger().post("/auth/sign_in", body));
        return box.stranger().withToken(tokens.expect(200).get("access_token").asText());
    }

    /** Thousands of requests from one address have to wait for each other. */
    private static Reply patiently(Callable<Reply> request) {
        return Eventually.eventually(PATIENCE, request, reply -> reply.status() != 429);
    }

    private String table(Box box, JsonNode document) {
        var lines = new TreeMap<String, String>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(method -> {
            var id = method.getValue().get("operationId").asText();
            var outcomes = new ArrayList<String>();
            clients.keySet().forEach(who -> outcomes.add(outcome(box, who, method.getKey(), path.getKey(), id)));
            lines.put(path.getKey() + " " + method.getKey(), "%-4s %-75s %s".formatted(method.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(),
                    String.join(" ", outcomes)).stripTrailing());
        }));
        return "401 = sign in first, 403 = this role may not, yes = may; columns: " + String.join(" ", clients.keySet()) + "\n"
                + String.join("\n", lines.values()) + "\n";
    }

    private String outcome(Box box, String who, String method, String path, String id) {
        if (id.equals("streamEvents")) {
            return who.equals(NOBODY) ? "401" : "yes"; // it would never end; LiveContractTest has more of it
        }
        var status = status(who, method, path);
        if (status == 401 && !who.equals(NOBODY)) {
            clients.put(who, signedIn(box, who)); // it hit upon signing out, or its operation checks a token of its own
            status = status(who, method, path);
            clients.put(who, signedIn(box, who));
        }
        return status == 401 || status == 403 ? Integer.toString(status) : "yes";
    }

    private int status(String who, String method, String path) {
        var request = clients.get(who).request(path.replaceAll("\\{[^}]*}", "0000"));
        return patiently(() -> clients.get(who).send(method.equals("get") ? request.GET()
                : request.setHeader("Content-Type", "text/plain").POST(BodyPublishers.ofString("nothing")))).status();
    }
}
