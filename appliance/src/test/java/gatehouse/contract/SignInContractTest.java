package gatehouse.contract;

import static gatehouse.testkit.Box.aUser;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.ApiClient.Reply;
import gatehouse.testkit.Box;
import gatehouse.testkit.MovedClock;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signing in by every way there is, and being kept out. The clock stands still unless a test moves it. */
class SignInContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final MovedClock CLOCK = new MovedClock(Instant.parse("2026-03-01T08:00:00Z"));
    private static Box box;
    private ApiClient admin;

    @BeforeAll
    static void start() {
        box = Box.start(CLOCK, Duration.ofSeconds(60));
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    /** Hours pass between two tests, so that what one locked is open again for the next. */
    @BeforeEach
    void let_time_pass() {
        CLOCK.move(Duration.ofHours(2));
        admin = box.stranger().signedIn("admin", Box.ADMIN_PASSWORD);
    }

    private String user(String number) {
        return admin.post("/users", aUser(number)).expect(201).get("id").asText();
    }

    private static Reply signIn(String name, String password) {
        return box.stranger().post("/auth/sign_in", JSON.createObjectNode().put("username", name).put("password", password));
    }

    private static Reply refresh(JsonNode tokens) {
        return box.stranger().post("/auth/refresh_token", JSON.createObjectNode().put("refresh_token", tokens.get("refresh_token").asText()));
    }

    private static ApiClient with(JsonNode tokens) {
        return box.stranger().withToken(tokens.get("access_token").asText());
    }

    private static JsonNode tokens(String number) {
        return signIn("user" + number, "password-" + number).expect(200);
    }

    @Test
    void a_name_in_any_case_and_its_password_give_tokens() {
        user("3001");
        var tokens = signIn("USER3001", "password-3001").expect(200);
        assertEquals("Bearer", tokens.get("token_type").asText());
        assertEquals(3600, tokens.get("expires_in").asInt());
        assertEquals("StandardUser", with(tokens).get("/auth/user").expect(200).get("role").asText());
        assertNotEquals(tokens.get("access_token"), tokens("3001").get("access_token"));
    }

    @Test
    void an_access_token_ends_by_the_clock_and_a_refresh_token_gives_the_next() {
        user("3002");
        var first = tokens("3002");
        CLOCK.move(Duration.ofMinutes(59));
        with(first).get("/user").expect(200);
        CLOCK.move(Duration.ofMinutes(1));
        with(first).get("/user").expect(401);
        var second = refresh(first).expect(200);
        with(second).get("/user").expect(200);
        CLOCK.move(Duration.ofDays(31));
        refresh(second).expect(401);
    }

    @Test
    void a_refresh_token_that_comes_again_ends_all_that_grew_from_it() {
        user("3003");
        var stolen = tokens("3003");
        var other = tokens("3003");
        var second = refresh(stolen).expect(200);
        with(stolen).get("/user").expect(401);
        refresh(stolen).expect(401);
        with(second).get("/user").expect(401);
        refresh(second).expect(401);
        with(other).get("/user").expect(200);
    }

    @Test
    void of_many_refreshes_at_once_no_more_than_one_wins() throws Exception {
        user("3004");
        var tokens = tokens("3004");
        var tries = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 8; i++) {
            tries.add(() -> refresh(tokens).status());
        }
        var statuses = new ArrayList<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(tries)) {
                statuses.add(answer.get());
            }
        }
        assertEquals(1, statuses.stream().filter(status -> status == 200).count(), statuses.toString());
        assertEquals(7, statuses.stream().filter(status -> status == 401).count(), statuses.toString());
    }

    @Test
    void signing_out_ends_this_sign_in_and_leaves_the_others() {
        user("3005");
        var here = tokens("3005");
        var there = tokens("3005");
        with(here).post("/auth/sign_out").expect(200);
        with(here).get("/user").expect(401);
        refresh(here).expect(401);
        with(there).get("/user").expect(200);
    }

    @Test
    void the_older_ways_work_too() {
        user("3006");
        var tokens = box.stranger().post("/login", "{\"username\":\"user3006\",\"password\":\"password-3006\"}").expect(200);
        var status = with(tokens).get("/login").expect(200);
        assertEquals(tokens.get("access_token"), status.get("access_token"));
        assertEquals(3600, status.get("expires_in").asInt());
        assertEquals(CLOCK.instant().plusSeconds(3600).toString(), status.get("expires_at").asText());
        assertEquals("", with(tokens).post("/logout").text());
        with(tokens).get("/login").expect(401);
    }

    private static Reply oauth(String form) {
        return box.stranger().send(box.stranger().request("/login/oauth/token").header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    @Test
    void an_oauth_client_signs_in_by_form() {
        admin.post("/users", aUser("3007").put("password", "a&b=c+d %ü")).expect(201);
        var tokens = oauth("grant_type=password&username=user3007&password=a%26b%3Dc%2Bd+%25%C3%BC&client_id=app&scope=all").expect(200);
        with(tokens).get("/user").expect(200);
        var second = oauth("grant_type=refresh_token&refresh_token=" + tokens.get("refresh_token").asText()).expect(200);
        with(second).get("/user").expect(200);
        oauth("grant_type=password&username=user3007&password=wrong").expect(401);
        oauth("grant_type=magic").expect(400);
        oauth("grant_type=password&username=a&username=b&password=c").expect(400);
        oauth("username=user3007").expect(400);
    }

    @Test
    void a_new_password_ends_every_sign_in_made_with_the_old_one() {
        var id = user("3008");
        var tokens = tokens("3008");
        admin.post("/users/" + id + "/password", "{\"password\":\"another-one\"}").expect(200);
        with(tokens).get("/user").expect(401);
        refresh(tokens).expect(401);
        signIn("user3008", "password-3008").expect(401);
        signIn("user3008", "another-one").expect(200);
    }

    @Test
    void who_is_shut_out_is_out_at_once() {
        var id = user("3009");
        var tokens = tokens("3009");
        admin.post("/users/" + id, "{\"enabled\":false}").expect(200);
        with(tokens).get("/user").expect(401);
        refresh(tokens).expect(401);
        signIn("user3009", "password-3009").expect(401);
    }

    @Test
    void wrong_passwords_lock_the_account_longer_each_time() {
        user("3010");
        for (int i = 0; i < 4; i++) {
            signIn("user3010", "wrong").expect(401);
        }
        assertEquals("30", retryAfter(signIn("User3010", "wrong")));
        assertEquals("30", retryAfter(signIn("user3010", "password-3010")), "even the right one waits");
        CLOCK.move(Duration.ofSeconds(29));
        assertEquals("1", retryAfter(signIn("user3010", "password-3010")));
        CLOCK.move(Duration.ofSeconds(1));
        assertEquals("60", retryAfter(signIn("user3010", "wrong")));
        CLOCK.move(Duration.ofSeconds(60));
        assertEquals("120", retryAfter(signIn("user3010", "wrong")));
        CLOCK.move(Duration.ofSeconds(120));
        signIn("user3010", "password-3010").expect(200);
        signIn("user3010", "wrong").expect(401);
    }

    private static String retryAfter(Reply reply) {
        return reply.expect(429).at("/errors/0/detail/retry_after").asText();
    }

    @Test
    void tries_made_all_at_once_are_counted_one_by_one() throws Exception {
        user("3011");
        var tries = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 20; i++) {
            tries.add(() -> signIn("user3011", "wrong").status());
        }
        var judged = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var answer : threads.invokeAll(tries)) {
                judged += answer.get() == 401 ? 1 : 0;
            }
        }
        assertEquals(4, judged, "four were told that they are wrong; the rest were locked out");
    }

    @Test
    void one_password_tried_on_many_names_locks_the_address() {
        user("3012");
        int tries = 0;
        while (signIn("nobody" + tries, "spring2026").status() == 401) {
            tries++;
        }
        assertEquals(29, tries);
        signIn("user3012", "password-3012").expect(429);
        CLOCK.move(Duration.ofSeconds(30));
        signIn("user3012", "password-3012").expect(200);
    }

    @Test
    void an_unknown_name_is_refused_in_the_same_words() {
        user("3013");
        assertEquals(signIn("user3013", "wrong").expect(401), signIn("nobody", "wrong").expect(401));
    }

    @Test
    void signing_in_and_out_stands_in_the_audit_log() {
        user("3014");
        with(tokens("3014")).post("/auth/sign_out").expect(200);
        var entries = admin.get("/audit_logs?top=2").expect(200).get("items");
        assertEquals("LOGOUT", entries.get(0).get("action").asText());
        assertEquals("LOGIN", entries.get(1).get("action").asText());
        assertEquals("LOGIN", entries.get(1).get("object_type").asText());
        assertEquals("user3014", entries.get(1).get("user_name").asText());
    }

    @Test
    void tokens_lie_on_the_disk_as_hashes_alone() throws Exception {
        user("3015");
        var tokens = tokens("3015");
        var found = false;
        for (var file : java.util.List.of("gatehouse.db", "gatehouse.db-wal")) {
            var bytes = new String(java.nio.file.Files.readAllBytes(box.config().data().resolve(file)), java.nio.charset.StandardCharsets.ISO_8859_1);
            assertFalse(bytes.contains(tokens.get("access_token").asText()) || bytes.contains(tokens.get("refresh_token").asText()), file);
            found |= bytes.contains("user3015");
        }
        assertTrue(found, "the search looks in the right place");
    }
}
