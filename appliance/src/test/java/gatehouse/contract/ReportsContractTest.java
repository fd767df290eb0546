package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.store.SqliteStore;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import gatehouse.testkit.MovedClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reports on calls and call logs over real HTTPS, from records that are really there. */
class ReportsContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(15);
    /** As good as now, so that tokens hold; noon, so that days do not end meanwhile. */
    private static final Instant NOON = Instant.parse("2026-05-20T12:00:00Z");
    private static MovedClock clock;
    private static Box box;

    @BeforeAll
    static void start() {
        clock = new MovedClock(NOON);
        box = Box.start(clock, Duration.ofSeconds(60));
        box.user("101");
        box.restart(() -> {
            try (var store = new SqliteStore(box.config().data().resolve("gatehouse.db"))) {
                for (int call = 0; call < 1_205; call++) {
                    insert(store, call);
                }
            }
        });
    }

    /** One a minute before noon; every third was answered. */
    private static void insert(SqliteStore store, int call) {
        var at = NOON.minusSeconds(60L * (call + 1));
        store.write(tx -> tx.run("""
                INSERT INTO cdrs (id, session_id, call_id, caller, caller_display_name, callee, callee_display_name, destination, started_at, rang_at, answered_at,
                                  ended_at, direction, end_reason, status_code)
                VALUES (?, ?, ?, ?, ?, '102', 'B', '102', ?, ?, ?, ?, 'EXTENSION_CALL', 'CALLER_DISCONNECTED', 200)""", "cdr" + call, "session" + call,
                "call" + call, call % 2 == 0 ? "101" : "103", call == 0 ? "=1+1, \"A\" <b>" : "A", at, at, call % 3 == 0 ? at.plusSeconds(5) : null,
                at.plusSeconds(30)));
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static ObjectNode report(String name) {
        var report = JSON.createObjectNode().put("name", name).put("type", "NORMAL").put("email", "office@box.test").put("format", "CSV")
                .put("range", "LAST_THIRTY_DAYS");
        report.putObject("filter").put("from", "ANY");
        return report;
    }

    private static String create(ObjectNode report) {
        return box.admin().post("/call_reports", report).expect(201).get("id").asText();
    }

    private static JsonNode show(String id) {
        return box.admin().get("/call_reports/" + id).expect(200);
    }

    /** Waits until it has been written {@code times}; gives the newest file's entry. */
    private static JsonNode written(String name, int times) {
        return Eventually.eventually(SOON, () -> box.admin().get("/completed_call_reports?filter=name%20eq%20'" + name + "'").expect(200),
                list -> list.get("count").asInt() == times).get("items").get(0);
    }

    private static String content(JsonNode completed) {
        return box.admin().get(completed.get("file_url").asText()).text();
    }

    @Test
    void a_report_is_written_from_the_records() {
        var report = report("Today").put("range", "TODAY");
        ((ObjectNode) report.get("filter")).put("from", "EXTENSION_OR_EXTENSION_RANGE").put("from_value", "101").put("answer_state", "ANSWERED");
        var id = create(report);
        var completed = written("Today", 1);
        assertEquals(Set.of("id", "name", "type", "format", "completed_at", "file_name", "file_size", "file_url"), names(completed));
        var lines = content(completed).split("\r\n");
        assertEquals("call_id,direction,caller,caller_display_name,callee,callee_display_name,destination,started_at,rang_at,answered_at,ended_at,ring_duration,"
                + "talk_duration,end_reason,status_code", lines[0]);
        assertEquals(1 + 120, lines.length); // 720 minutes of the day, every sixth by 101 and answered
        assertEquals("call714,EXTENSION_CALL,101,A,102,B,102,2026-05-20T00:05:00Z,2026-05-20T00:05:00Z,2026-05-20T00:05:05Z,2026-05-20T00:05:30Z,5,25,"
                + "CALLER_DISCONNECTED,200", lines[1]);
        assertTrue(lines[120].contains("\"'=1+1, \"\"A\"\" <b>\""), lines[120]);
        assertEquals("Today_2026-05-20_1200.csv", completed.get("file_name").asText());
        assertEquals(content(completed).length(), completed.get("file_size").asInt());
        assertEquals(box.admin().get("/completed_call_reports/" + completed.get("id").asText()).expect(200), completed);
        var shown = show(id);
        assertTrue(shown.get("status").isNull() && shown.get("percent").isNull());
        assertEquals("101", shown.at("/filter/from_value").asText());
    }

    private static Set<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void a_long_report_has_every_call_once_and_html_shows_markup_as_text() {
        create(report("All").put("format", "HTML").put("range", "CUSTOM").put("started_at", "2026-05-01T00:00:00Z").put("ended_at", "2026-05-20T12:00:00Z"));
        var html = content(written("All", 1));
        assertEquals(1 + 1_205, html.split("<tr>").length - 1);
        assertTrue(html.contains("=1+1, &quot;A&quot; &lt;b&gt;"));
    }

    @Test
    void a_changed_report_is_written_anew() {
        var id = create(report("Changed"));
        written("Changed", 1);
        Eventually.eventually(SOON, () -> show(id).get("status").isNull());
        box.admin().post("/call_reports/" + id, "{\"format\": \"HTML\", \"filter\": {\"to\": \"NUMBER\", \"to_value\": \"999\"}}").expect(200);
        written("Changed", 2);
        assertEquals(1, box.admin().get("/completed_call_reports?filter=name%20eq%20'Changed'%20and%20format%20eq%20'HTML'").expect(200).get("count").asInt());
        var shown = show(id);
        assertEquals("Changed", shown.get("name").asText());
        assertTrue(shown.at("/filter/from").isNull());
    }

    @Test
    void a_schedule_writes_each_time_it_comes_even_after_a_restart() {
        var id = create(report("Nightly").put("cron_expr", "0 2 * * *"));
        assertEquals("SCHEDULED", show(id).get("status").asText());
        assertEquals(0, box.admin().get("/completed_call_reports?filter=name%20eq%20'Nightly'").expect(200).get("count").asInt());
        var before = clock.instant();
        clock.move(Duration.ofHours(15)); // past 02:00 while the box is off
        box.restart();
        written("Nightly", 1);
        assertEquals("SCHEDULED", Eventually.eventually(SOON, () -> show(id), shown -> shown.get("status").asText().equals("SCHEDULED")).get("status").asText());
        box.admin().post("/call_reports/" + id + "/destroy").expect(204);
        box.admin().get("/call_reports/" + id).expect(404);
        assertEquals(1, box.admin().get("/completed_call_reports?filter=name%20eq%20'Nightly'").expect(200).get("count").asInt());
        clock.move(Duration.between(clock.instant(), before));
        box.restart();
    }

    @Test
    void what_a_stop_cut_off_is_written_at_the_next_start() {
        var id = create(report("Cutoff"));
        written("Cutoff", 1);
        box.restart(() -> {
            try (var store = new SqliteStore(box.config().data().resolve("gatehouse.db"))) {
                store.write(tx -> tx.run("UPDATE call_report_runs SET state = 'RUNNING', percent = 40 WHERE report_id = ?", id));
            }
        });
        written("Cutoff", 2);
    }

    @Test
    void a_deleted_file_is_gone() {
        var id = create(report("Unwanted").put("format", "HTML").put("range", "TODAY"));
        var completed = written("Unwanted", 1);
        box.admin().get(completed.get("file_url").asText()).expect(200);
        box.admin().post("/completed_call_reports/" + completed.get("id").asText() + "/destroy").expect(204);
        box.admin().post("/completed_call_reports/" + completed.get("id").asText() + "/destroy").expect(404);
        Eventually.eventually(SOON, () -> box.admin().get(completed.get("file_url").asText()).status() == 404); // bytes go a moment after their row
        box.admin().post("/call_reports/" + id + "/destroy").expect(204);
        box.admin().post("/call_reports/" + id + "/destroy").expect(404);
    }

    @Test
    void every_broken_rule_is_told() {
        var wrong = report("Wrong").put("range", "CUSTOM").put("email", "nobody").put("cron_expr", "every day");
        ((ObjectNode) wrong.get("filter")).put("from", "NUMBER").put("duration_from", 9).put("duration_to", 3).putArray("groups").add("x");
        assertEquals(Set.of("started_at", "ended_at", "email", "cron_expr", "filter.from_value", "filter.duration_to", "filter.groups"),
                broken(box.admin().post("/call_reports", wrong)));
        assertEquals(Set.of("ended_at"), broken(box.admin().post("/call_reports", report("Backwards").put("range", "CUSTOM")
                .put("started_at", "2026-05-02T00:00:00Z").put("ended_at", "2026-05-01T00:00:00Z"))));
        assertEquals(Set.of("cron_expr"), broken(box.admin().post("/call_reports", report("Never").put("cron_expr", "0 0 30 2 *"))));
    }

    @Test
    void what_the_box_does_not_record_cannot_be_reported() {
        var report = report("Queues").put("type", "QUEUE_PERFORMANCE");
        report.putObject("filter").putArray("call_queues").add("600");
        assertEquals(Set.of("type"), broken(box.admin().post("/call_reports", report)));
        assertEquals(Set.of("type"), broken(box.admin().post("/call_reports", report("Groups").put("type", "RING_GROUP_STATISTICS"))));
    }

    @Test
    void who_may_not_is_refused() {
        var user = new gatehouse.testkit.ApiClient(box.httpsOrigin()).signedIn("user101", "password-101");
        user.get("/call_reports").expect(403);
        user.post("/call_reports", report("Mine")).expect(403);
        user.get("/completed_call_reports").expect(403);
        user.get("/calllogs").expect(403);
        box.stranger().get("/call_reports").expect(401);
    }

    @Test
    void changes_are_audited() {
        create(report("Audited").put("cron_expr", "0 0 1 1 *"));
        var entries = box.admin().get("/audit_logs?top=100").expect(200).get("items");
        assertTrue(entries.findValuesAsText("object_name").contains("Audited"), entries.toString());
    }

    @Test
    void call_logs_name_their_session() {
        var page = box.admin().get("/calllogs?skip=1&top=2").expect(200);
        assertEquals(1_205, page.get("count").asInt());
        assertEquals("session1", page.get("items").get(0).get("session_id").asText());
        var detail = box.admin().get("/calllogs/cdr3").expect(200);
        assertEquals("session3", detail.get("session_id").asText());
        assertEquals(25, detail.get("duration").asInt());
        assertTrue(detail.get("reroute_reason").isNull() && detail.get("billed_account").isNull());
        box.admin().get("/calllogs/none").expect(404);
        assertFalse(box.admin().get("/cdrs/cdr3").expect(200).get("items").isEmpty());
        var user = new gatehouse.testkit.ApiClient(box.httpsOrigin()).signedIn("user101", "password-101");
        assertEquals("call2", user.get("/user/cdrs/cdr2").expect(200).get("items").get("call_id").asText());
        user.get("/user/cdrs/cdr1").expect(404);
    }
}
