package gatehouse.cdrs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.calls.CallRecord;
import gatehouse.calls.EndReason;
import gatehouse.changes.ChangeStore;
import gatehouse.changes.Changes;
import gatehouse.store.SqliteStore;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import gatehouse.testkit.ManualTimers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An app keeps its user's calls in step. Records are written while the box is down: tokens outlive that. */
class CdrSyncContractTest {
    private static final String TOKENS = "/user/cdrs/sync_tokens";
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static void called(String id, String caller, String callee, String at) {
        box.restart(() -> write(id, caller, callee, Instant.parse(at)));
    }

    private static void write(String id, String caller, String callee, Instant at) {
        try (var store = new SqliteStore(box.config().data().resolve("gatehouse.db"));
             var changes = new Changes(new ChangeStore(store), new ManualTimers(), Clock.fixed(at.plusSeconds(60), ZoneOffset.UTC))) {
            new CdrStore(store, changes).insert(new Cdr(id, Optional.empty(), new CallRecord("call-" + id, caller, "A", callee, "B", callee, at, Optional.of(at),
                    Optional.of(at.plusSeconds(5)), at.plusSeconds(60), 200, Optional.of(EndReason.values()[0]))), List.of(caller, callee));
        }
    }

    private static ApiClient user(String number) {
        box.user(number);
        return box.stranger().signedIn("user" + number, "password-" + number);
    }

    private static String token(ApiClient client, String query) {
        return client.post(TOKENS + query).expect(201).get("token").asText();
    }

    private static JsonNode diff(ApiClient client, String token) {
        return client.post(TOKENS + "/" + token + "/diff").expect(200);
    }

    private static List<String> ids(JsonNode diff) {
        var ids = new ArrayList<String>();
        diff.get("items").forEach(item -> ids.add(item.get("id").asText()));
        return ids;
    }

    @Test
    void calls_come_once_to_both_who_had_them_and_to_nobody_else() {
        var ann = user("3001");
        var bob = user("3002");
        var cid = user("3003");
        called("c1", "3001", "3002", "2026-01-05T10:00:00Z");
        var first = diff(ann, token(ann, ""));
        assertEquals(List.of("c1"), ids(first));
        var item = first.at("/items/0");
        assertEquals("CREATED", item.get("change_type").asText());
        var leg = item.at("/items/0");
        assertEquals("3001", leg.get("caller").asText());
        assertEquals("3002", leg.get("callee").asText());
        assertEquals("2026-01-05T10:00:05Z", leg.get("answered_at").asText());
        assertEquals(200, leg.get("status_code").asInt());
        assertTrue(leg.has("trunk") && leg.get("trunk").isNull(), "absent is null");
        called("c2", "3002", "3001", "2026-01-06T10:00:00Z");
        var second = diff(ann, first.get("token").asText());
        assertEquals(List.of("c2"), ids(second));
        assertEquals(List.of(), ids(diff(ann, second.get("token").asText())));
        assertEquals(List.of("c1", "c2"), ids(diff(bob, token(bob, ""))));
        assertEquals(List.of(), ids(diff(cid, token(cid, ""))));
    }

    @Test
    void a_token_can_begin_at_a_time() {
        var dan = user("3011");
        called("d1", "3011", "3012", "2026-02-01T10:00:00Z");
        called("d2", "3011", "3012", "2026-02-02T10:00:00Z");
        assertEquals(List.of("d2"), ids(diff(dan, token(dan, "?date_from=2026-02-02T00:00:00Z"))));
        assertEquals(List.of("d2"), ids(diff(dan, token(dan, "?date_from=2026-02-01T10:00:01Z"))), "begun earlier, though it ended later");
        assertEquals(List.of("d1", "d2"), ids(diff(dan, token(dan, "?date_from=2026-02-01T10:00:00Z"))));
        assertEquals("date_from", dan.post(TOKENS + "?date_from=yesterday").expect(400).at("/errors/0/detail/field").asText());
        assertEquals("date_from", dan.post(TOKENS + "?date_from=-999999999-01-01T00:00:00Z").expect(400).at("/errors/0/detail/field").asText());
    }

    @Test
    void a_token_of_another_or_of_nobody_is_forbidden() {
        var eve = user("3021");
        var token = token(eve, "");
        assertEquals("FORBIDDEN", user("3022").post(TOKENS + "/" + token + "/diff").expect(403).at("/errors/0/code").asText());
        eve.post(TOKENS + "/nonsense/diff").expect(403);
        box.admin().post(TOKENS + "/" + token(box.admin(), "") + "/diff").expect(200);
        box.stranger().post(TOKENS).expect(401);
    }
}
