package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.Json;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.Scribbler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Throws requests at every operation that half fit its schema. Whatever comes, no answer may be a failure of the box (5xx), and it serves
 * on afterwards. {@code -Dseed=…} repeats a run, {@code -Dfuzz.requests=…} makes it longer.
 */
class FuzzTest {
    private static final long SEED = Long.getLong("seed", System.nanoTime());
    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 12_000);
    private static final int ACCOUNTS = 160;
    private static final int CLIENTS = 16; // from as many addresses, so that the rate limit for one address stays out of it

    private static final Pattern ID = Pattern.compile("\"(?:id|token|digest)\":\"([^\"]{10,80})\"");
    private static final int MOST_KNOWN = 400;
    private static final long MOST_GROWTH = 24L << 20; // what is created meanwhile and kept in memory, and some noise

    private record Target(String method, String path, JsonNode operation) { }

    private final Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
    private final Set<String> fuzzers = new HashSet<>(); // their ids, which nothing is aimed at
    private final Set<Integer> gone = ConcurrentHashMap.newKeySet();
    private final List<String> failures = java.util.Collections.synchronizedList(new ArrayList<>());

    @Test
    void no_request_makes_the_box_fail() throws Exception {
        System.out.println("FuzzTest seed " + SEED);
        try (var box = Box.start()) {
            var known = new CopyOnWriteArrayList<>(List.of(box.user("101"), box.user("102"), "101", "102", "user101", "door-1"));
            for (int i = 0; i < ACCOUNTS; i++) {
                fuzzers.add(box.admin().post("/users", Box.aUser(Integer.toString(9000 + i)).put("name", account(i)).put("role", "SystemAdmin")).expect(201)
                        .get("id").asText());
                var own = Json.object().put("old_password", "password-" + (9000 + i)).put("new_password", password(i));
                box.stranger().signedIn(account(i), "password-" + (9000 + i)).post("/user/password", own).expect(200); // or all are held back once a request asks for it
            }
            var document = box.stranger().get("/openapi.json").expect(200);
            fuzz(box, 0, REQUESTS / 2, document, known);
            var half = usedMemory();
            fuzz(box, CLIENTS, REQUESTS / 2, document, known);
            var whole = usedMemory();
            System.out.println("FuzzTest memory in use after half of the requests " + (half >> 20) + " MB, after all " + (whole >> 20) + " MB");
            assertTrue(whole - half < MOST_GROWTH, "memory grew from " + half + " to " + whole + " bytes, seed " + SEED);
            System.out.println("FuzzTest answers " + new TreeMap<>(statuses));
            assertEquals(List.of(), failures, "seed " + SEED);
            assertTrue(statuses.getOrDefault(200, 0) + statuses.getOrDefault(201, 0) > REQUESTS / 20, "some get through: " + statuses);
            box.stranger().withToken(token(box, 0)).get("/users").expect(200);
        }
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private void fuzz(Box box, int first, int requests, JsonNode document, List<String> known) throws Exception {
        var tasks = new ArrayList<Callable<Void>>();
        for (int i = 0; i < CLIENTS; i++) {
            var client = i;
            tasks.add(() -> {
                fuzz(box, first + client, client, requests / CLIENTS, document, known);
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(4)) {
            for (var done : threads.invokeAll(tasks)) {
                done.get();
            }
        }
    }

    private void fuzz(Box box, int salt, int client, int requests, JsonNode document, List<String> known) throws Exception {
        var scribbler = new Scribbler(document.at("/components/schemas"), new SplittableRandom(SEED + salt), known);
        var targets = targets(document);
        try (var http = HttpClient.newBuilder().sslContext(ApiClient.http().sslContext()).localAddress(InetAddress.getByName("127.0.1." + (client + 1))).build()) {
            var token = token(box, client);
            for (int i = 0; i < requests; i++) {
                var target = scribbler.pick(targets);
                var status = send(http, target, withBody(target, request(box, target, scribbler, token), scribbler), known);
                if (status == 401 && http.send(HttpRequest.newBuilder(URI.create(box.httpsOrigin() + "/api/user")).header("Authorization", "Bearer " + token)
                        .build(), HttpResponse.BodyHandlers.discarding()).statusCode() == 401) {
                    token = token(box, client); // it hit upon signing out
                }
            }
        }
    }

    private static String account(int i) {
        return "fuzzer-" + i;
    }

    private static String password(int i) {
        return "chosen-" + (9000 + i);
    }

    /** From an administrator who still is one: what is thrown about may shut out, lock out or remove the one before. */
    private String token(Box box, int first) {
        for (int i = 0; i < ACCOUNTS; i++) {
            var one = (first + i) % ACCOUNTS;
            if (gone.contains(one)) {
                continue; // asking again and again would lock this address
            }
            var answer = box.stranger().post("/auth/sign_in", "{\"username\":\"" + account(one) + "\",\"password\":\"" + password(one) + "\"}");
            if (answer.status() == 200 && answer.body().has("access_token")) {
                return answer.body().get("access_token").asText();
            }
            gone.add(one);
        }
        throw new AssertionError("None of " + ACCOUNTS + " administrators is let in, seed " + SEED);
    }

    private static List<Target> targets(JsonNode document) {
        var targets = new ArrayList<Target>();
        document.get("paths").properties().forEach(path -> path.getValue().properties().forEach(method -> {
            if (!method.getValue().get("operationId").asText().equals("streamEvents")) { // it would never end
                targets.add(new Target(method.getKey(), path.getKey(), method.getValue()));
            }
        }));
        return targets;
    }

    private static HttpRequest.Builder request(Box box, Target target, Scribbler scribbler, String token) {
        var path = target.path;
        while (path.contains("{")) {
            path = path.replaceFirst("\\{[^}]*}", URLEncoder.encode(scribbler.text(), StandardCharsets.UTF_8).replace("+", "%20"));
        }
        var query = new StringBuilder();
        for (var parameter : target.operation.path("parameters")) {
            if (parameter.get("in").asText().equals("query") && scribbler.oneIn(3)) {
                query.append(query.isEmpty() ? '?' : '&').append(parameter.get("name").asText()).append('=')
                        .append(URLEncoder.encode(scribbler.value(parameter.get("schema")).asText(), StandardCharsets.UTF_8));
            }
        }
        var request = HttpRequest.newBuilder(URI.create(box.httpsOrigin() + "/api" + path + query)).timeout(Duration.ofSeconds(20));
        return scribbler.oneIn(20) ? request : request.header("Authorization", "Bearer " + (scribbler.oneIn(50) ? "nonsense" : token));
    }

    private static HttpRequest withBody(Target target, HttpRequest.Builder request, Scribbler scribbler) {
        var content = target.operation.path("requestBody").path("content");
        if (target.method.equals("get")) {
            return request.GET().build();
        }
        var form = content.path("application/x-www-form-urlencoded");
        if (!form.isMissingNode()) {
            var body = new StringBuilder();
            scribbler.value(form.get("schema")).properties().forEach(field -> body.append(field.getKey()).append('=')
                    .append(URLEncoder.encode(field.getValue().asText(), StandardCharsets.UTF_8)).append('&'));
            return request.header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(body.toString())).build();
        }
        var schema = content.path("application/json").path("schema");
        return request.header("Content-Type", scribbler.oneIn(40) ? "text/plain" : "application/json")
                .POST(schema.isMissingNode() ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(scribbler.bytes(scribbler.value(schema)))).build();
    }

    private int send(HttpClient http, Target target, HttpRequest request, List<String> known) throws InterruptedException {
        try {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            statuses.merge(answer.statusCode(), 1, Integer::sum);
            if (answer.statusCode() < 300) {
                ID.matcher(answer.body()).results().map(found -> found.group(1)).filter(id -> known.size() < MOST_KNOWN && !known.contains(id) && !fuzzers.contains(id)).forEach(known::add);
            }
            if (answer.statusCode() >= 500 && answer.statusCode() != 503) { // 503 is an answer: not on this box, or not now
                failures.add(target.method + " " + request.uri() + " → " + answer.statusCode() + " " + answer.body());
            }
            return answer.statusCode();
        } catch (IOException e) {
            failures.add(target.method + " " + request.uri() + " → " + e);
            return 0;
        }
    }
}
