package gatehouse.webhooks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.Json;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.remote.RemoteApi;
import gatehouse.store.SqliteStore;
import gatehouse.testkit.HttpDouble;
import gatehouse.testkit.HttpDouble.Answer;
import gatehouse.testkit.HttpDouble.Asked;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.MovedClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks with a receiver on loopback that takes, refuses or challenges as told, and time pushed by hand. */
class WebhooksTest {
    @TempDir
    Path folder;
    private final MovedClock clock = new MovedClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final HttpDouble receiver = new HttpDouble(_ -> new Answer(200, ""));
    private final List<WebhookEvent> heard = new ArrayList<>();
    private JsonNode settings = Json.object();
    private ManualTimers timers;
    private SqliteStore store;
    private Events events;
    private RemoteApi remote;
    private Webhooks webhooks;

    @BeforeEach
    void open() {
        open(true);
    }

    private void open(boolean toThisMachine) {
        timers = new ManualTimers();
        store = new SqliteStore(folder.resolve("box.db"));
        events = new Events();
        events.on(WebhookEvent.class, heard::add);
        remote = new RemoteApi();
        webhooks = new Webhooks(new WebhookStore(store), new Webhooks.Parts(() -> settings, remote, events, timers, clock, new Ids(new SecureRandom()),
                Runnable::run), toThisMachine);
        webhooks.start();
    }

    private void shut() {
        webhooks.close();
        remote.close();
        events.close();
        store.close();
    }

    @AfterEach
    void close() {
        shut();
        receiver.close();
    }

    private void hook(String fields) {
        settings = Json.parse("{\"cdr_event\": {\"enabled\": true, \"url\": \"" + receiver.url() + "/calls?from=box\"" + fields + "}}");
        webhooks.changed();
        pass(Duration.ZERO);
    }

    private void tell(String type) {
        webhooks.tell(Hook.CDR, Json.object().put("event_type", type));
        pass(Duration.ZERO);
    }

    private void pass(Duration time) {
        timers.push(Duration.ZERO);
        var step = time.compareTo(Duration.ofMinutes(30)) > 0 ? Duration.ofSeconds(20) : Duration.ofSeconds(1);
        for (var left = time; left.isPositive(); left = left.minus(step)) {
            clock.move(step);
            timers.push(step);
        }
    }

    private List<String> types() {
        return receiver.asked().stream().map(asked -> asked.headers().get("x-gatehouse-event")).toList();
    }

    private long waiting() {
        return store.read(tx -> tx.one("SELECT count(*) AS n FROM webhook_outbox", row -> row.getLong("n"))).orElseThrow();
    }

    @Test
    void nothing_is_kept_for_a_hook_that_is_off() {
        tell("call_start");
        webhooks.tell(Hook.EXTENSION, Json.object().put("event_type", "extension_status"));
        assertEquals(0, waiting());
        assertEquals(List.of(), receiver.asked());
    }

    @Test
    void an_event_is_posted_at_once_in_its_order_and_kept_no_longer() {
        hook("");
        tell("call_start");
        tell("call_cdr");
        assertEquals(List.of("call_start", "call_cdr"), types());
        var first = receiver.asked().getFirst();
        assertEquals("POST /calls?from=box {\"event_type\":\"call_start\"}", first.method() + " " + first.path() + " " + first.body());
        assertTrue(first.headers().get("content-type").startsWith("application/json"));
        assertTrue(Long.parseLong(first.headers().get("x-gatehouse-delivery")) < Long.parseLong(receiver.asked().get(1).headers().get("x-gatehouse-delivery")));
        assertEquals(0, waiting());
    }

    @Test
    void one_that_is_not_taken_holds_up_the_others_and_is_tried_ever_more_slowly() {
        hook("");
        receiver.answers(_ -> new Answer(500, ""));
        tell("one");
        tell("two");
        assertEquals(List.of("one"), types());
        pass(Duration.ofSeconds(5));
        assertEquals(2, types().size());
        pass(Duration.ofSeconds(9));
        assertEquals(2, types().size(), "the second pause is twice as long");
        pass(Duration.ofSeconds(2));
        assertEquals(3, types().size());
        receiver.answers(_ -> new Answer(204, ""));
        pass(Duration.ofSeconds(21));
        assertEquals(List.of("one", "one", "one", "one", "two"), types());
        assertEquals(0, waiting());
        tell("three");
        assertEquals("three", types().getLast(), "nobody rests any more");
    }

    @Test
    void what_is_never_taken_is_given_up_and_the_next_has_its_turn() {
        hook("");
        receiver.answers(asked -> new Answer(asked.body().contains("poison") ? 400 : 200, ""));
        tell("poison");
        tell("good");
        pass(Duration.ofMinutes(20));
        assertEquals(0, types().stream().filter("good"::equals).count());
        pass(Duration.ofHours(2));
        assertEquals(Queue.MOST_TRIES, types().stream().filter("poison"::equals).count());
        assertEquals(1, types().stream().filter("good"::equals).count());
        assertEquals(0, waiting());
        events.close();
        assertEquals(List.of(new WebhookEvent.GivenUp("cdr_event", 1, "poison", "127.0.0.1 answered 400.")), heard);
    }

    @Test
    void a_receiver_says_when_to_come_again() {
        hook("");
        receiver.answers(_ -> new Answer(503, "", Map.of("Retry-After", "3000")));
        tell("one");
        tell("two");
        pass(Duration.ofMinutes(49));
        assertEquals(List.of("one"), types());
        receiver.answers(_ -> new Answer(200, ""));
        pass(Duration.ofMinutes(2));
        assertEquals(List.of("one", "one", "two"), types());
    }

    @Test
    void a_hook_that_is_switched_off_rests_and_after_a_day_events_are_old_news() {
        hook("");
        receiver.answers(_ -> new Answer(500, ""));
        tell("one");
        tell("two");
        var on = settings;
        settings = Json.object();
        webhooks.changed();
        receiver.answers(_ -> new Answer(200, ""));
        pass(Duration.ofHours(25));
        assertEquals(List.of("one"), types());
        settings = on;
        webhooks.changed();
        tell("three");
        events.close();
        assertEquals(List.of("one", "three"), types());
        assertEquals(List.of(new WebhookEvent.GivenUp("cdr_event", 2, "", "They waited for a day.")), heard);
    }

    @Test
    void a_restart_loses_nothing() {
        hook("");
        receiver.answers(_ -> new Answer(500, ""));
        tell("one");
        tell("two");
        shut();
        receiver.answers(_ -> new Answer(200, ""));
        open(true);
        pass(Duration.ZERO);
        assertEquals(List.of("one", "one", "two"), types());
        assertEquals(0, waiting());
    }

    @Test
    void the_queue_is_bounded_and_says_so_once() {
        hook("");
        receiver.answers(_ -> new Answer(500, ""));
        for (int i = 0; i < Webhooks.MOST + 20; i++) {
            webhooks.tell(Hook.CDR, Json.object().put("event_type", "e" + i));
        }
        assertEquals(Webhooks.MOST, waiting());
        events.close();
        assertEquals(List.of(new WebhookEvent.Full("cdr_event")), heard);
    }

    @Test
    void a_redirect_is_not_followed() {
        hook("");
        try (var elsewhere = new HttpDouble(_ -> new Answer(200, ""))) {
            receiver.answers(_ -> new Answer(307, "", Map.of("Location", elsewhere.url())));
            tell("one");
            assertEquals(1, waiting());
            assertEquals(List.of(), elsewhere.asked());
        }
    }

    @Test
    void a_hook_leads_neither_to_this_machine_nor_to_link_local_addresses() {
        shut();
        open(false);
        hook("");
        tell("one");
        assertEquals(List.of(), receiver.asked());
        settings = Json.parse("{\"cdr_event\": {\"enabled\": true, \"url\": \"http://169.254.169.254/latest\"}}");
        webhooks.changed();
        pass(Duration.ofHours(3));
        events.close();
        assertTrue(heard.toString().contains("no host that events could go to"), heard.toString());
    }

    @Test
    void the_box_says_who_it_is_as_the_company_chose() {
        hook(", \"auth\": \"BASIC\", \"username\": \"reporter\", \"password\": \"secret7\"");
        tell("one");
        assertEquals("Basic " + Base64.getEncoder().encodeToString("reporter:secret7".getBytes(StandardCharsets.UTF_8)),
                receiver.asked().getLast().headers().get("authorization"));
        hook(", \"auth\": \"BEARER\", \"token\": \"t0ken\"");
        tell("two");
        assertEquals("Bearer t0ken", receiver.asked().getLast().headers().get("authorization"));
    }

    @Test
    void a_digest_challenge_is_answered_and_from_then_on_ahead() {
        hook(", \"auth\": \"DIGEST\", \"username\": \"reporter\", \"password\": \"secret7\"");
        for (var algorithm : List.of("SHA-256", "MD5")) {
            var nonce = "nonce of " + algorithm;
            receiver.answers(asked -> right(asked, nonce, algorithm) ? new Answer(200, "") : new Answer(401, "", Map.of("WWW-Authenticate",
                    "Digest realm=\"events, and more\", qop=\"auth,auth-int\", algorithm=" + algorithm + ", nonce=\"" + nonce + "\", opaque=\"o\\\"p\"")));
            var before = receiver.asked().size();
            tell("one");
            tell("two");
            assertEquals(3, receiver.asked().size() - before, algorithm);
            assertTrue(receiver.asked().getLast().headers().get("authorization").contains("nc=00000002"));
            assertEquals(0, waiting());
        }
    }

    /** By RFC 7616 3.4.1, written down once more. */
    private static boolean right(Asked asked, String nonce, String algorithm) {
        var header = asked.headers().getOrDefault("authorization", "");
        var given = new HashMap<String, String>();
        Pattern.compile("(\\w+)=(?:\"((?:\\\\.|[^\"])*)\"|([^,\\s]+))").matcher(header).results()
                .forEach(found -> given.put(found.group(1), found.group(2) == null ? found.group(3) : found.group(2)));
        var what = hash(algorithm, "POST:" + asked.path());
        var who = hash(algorithm, "reporter:events, and more:secret7");
        return header.startsWith("Digest ") && nonce.equals(given.get("nonce")) && asked.path().equals(given.get("uri")) && "o\\\"p".equals(given.get("opaque"))
                && hash(algorithm, who + ":" + nonce + ":" + given.get("nc") + ":" + given.get("cnonce") + ":auth:" + what).equals(given.get("response"));
    }

    private static String hash(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
