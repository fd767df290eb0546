package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.Sounds;
import gatehouse.testkit.Uploading;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Call queues and agents over real HTTPS; where a phone must be there, a real one. Each test has numbers of its own on one box. */
class QueuesContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;
    private static String id101;

    @BeforeAll
    static void start() {
        box = Box.start();
        id101 = box.user("101");
        box.user("102");
        box.user("103");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static ObjectNode queue(String name, String number) {
        return JSON.createObjectNode().put("name", name).put("extension_number", number).put("polling_strategy", "PRIORITIZED_HUNT");
    }

    private static String create(ObjectNode queue) {
        return box.admin().post("/call_queues", queue).expect(200).get("id").asText();
    }

    private static JsonNode show(String id) {
        return box.admin().get("/call_queues/" + id).expect(200);
    }

    private static void agents(String id, String... numbers) {
        var items = JSON.createArrayNode();
        List.of(numbers).forEach(number -> items.addObject().put("extension_number", number));
        box.admin().post("/call_queues/" + id + "/agents", "{\"items\":" + items + "}").expect(200);
    }

    private static List<String> numbers(JsonNode list) {
        var numbers = new ArrayList<String>();
        list.get("items").forEach(item -> numbers.add(item.get("extension_number").asText()));
        return numbers;
    }

    private static String status(String id, String number) {
        return box.admin().get("/call_queues/" + id + "/agents/" + number).expect(200).get("status").asText();
    }

    private static String body(String status) {
        return "{\"status\":\"" + status + "\"}";
    }

    private static ApiClient as(String number) {
        return box.stranger().signedIn("user" + number, "password-" + number);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void a_queue_is_shown_as_it_was_made_with_every_field_of_its_schema() {
        var body = queue("Sales", "7001").put("ring_time", 25).put("max_callers", 9).put("inform_position", "PERIODICALLY").put("language", "de")
                .put("agent_auto_ready", false).put("callback_outbound_prefix", "0*");
        body.putObject("no_answer_forward_rule").put("action", "FORWARD_TO_VOICEMAIL").put("number", "101");
        var id = create(body);
        var shown = show(id);
        body.properties().forEach(field -> assertEquals(field.getValue(), shown.get(field.getKey()), field.getKey()));
        assertEquals(300, shown.get("max_waiting_time").asInt());
        assertTrue(shown.get("moh_prompt_file_url").isNull() && shown.get("night_mode_forward_rule").isNull());
        var schema = box.stranger().get("/openapi.json").expect(200)
                .at("/paths/~1call_queues~1{id}/get/responses/200/content/application~1json/schema/properties");
        assertEquals(schema.propertyStream().map(java.util.Map.Entry::getKey).toList(), shown.propertyStream().map(java.util.Map.Entry::getKey).toList());
        assertEquals("CALL_QUEUE", box.admin().get("/extension_numbers/7001").expect(200).get("type").asText());
    }

    @Test
    void an_update_changes_what_it_names_and_null_clears() {
        var id = create(queue("Desk", "7002").put("ring_time", 25).put("max_callers", 9).put("language", "de"));
        box.admin().post("/call_queues/" + id, "{\"ring_time\":null,\"max_callers\":null,\"name\":\"Front desk\",\"polling_strategy\":null}").expect(200);
        var shown = show(id);
        assertEquals("Front desk", shown.get("name").asText());
        assertEquals(20, shown.get("ring_time").asInt(), "what has a default goes back to it");
        assertEquals("RING_SIMULTANEOUSLY", shown.get("polling_strategy").asText());
        assertTrue(shown.get("max_callers").isNull());
        assertEquals("de", shown.get("language").asText());
        assertEquals(Set.of("name"), broken(box.admin().post("/call_queues/" + id, "{\"name\":null}")));
        assertEquals(Set.of("extension_number"), broken(box.admin().post("/call_queues/" + id, "{\"extension_number\":\"7999\"}")));
    }

    @Test
    void prompts_are_sounds_that_stay_while_a_queue_needs_them(@TempDir Path folder) throws IOException {
        var sound = Sounds.wav(folder, 0.5);
        var file = Uploading.file(box.admin(), sound);
        var text = Uploading.file(box.admin(), Files.writeString(folder.resolve("words.txt"), "no sound at all"));
        assertEquals(Set.of("intro_prompt_file_id"), broken(box.admin().post("/call_queues", queue("Musical", "7015").put("moh_prompt_file_id", file)
                .put("intro_prompt_file_id", text))));
        var id = create(queue("Musical", "7015").put("moh_prompt_file_id", file));
        var shown = show(id);
        assertEquals(sound.getFileName().toString(), shown.get("moh_prompt_file_name").asText());
        assertEquals(Files.size(sound), shown.get("moh_prompt_file_size").asLong());
        box.admin().get(shown.get("moh_prompt_file_url").asText()).expect(200);
        assertTrue(shown.get("intro_prompt_file_name").isNull());
        box.admin().post("/files/" + file + "/destroy").expect(409);
        box.admin().post("/call_queues/" + id, "{\"moh_prompt_file_id\":null,\"intro_prompt_file_id\":\"" + file + "\"}").expect(200);
        box.admin().post("/files/" + file + "/destroy").expect(409);
        box.admin().post("/call_queues/" + id + "/destroy").expect(204);
        box.admin().post("/files/" + file + "/destroy").expect(204);
    }

    @Test
    void a_trunk_that_exists_can_be_named() {
        var trunk = box.admin().post("/providers", TrunksContractTest.trunk("Outside")).expect(201).get("id").asText();
        var body = queue("Outside", "7016");
        body.putArray("outbound_caller_ids").addObject().put("provider_id", trunk).put("caller_id", "+49301").putNull("description");
        assertEquals(body.get("outbound_caller_ids"), show(create(body)).get("outbound_caller_ids"));
    }

    @Test
    void broken_rules_come_together() {
        assertEquals(Set.of("name", "extension_number", "polling_strategy"), broken(box.admin().post("/call_queues", "{}")));
        assertEquals(Set.of("polling_strategy", "ring_time", "max_waiting_time", "inform_position_interval", "sla_time", "sticky_routing_duration"),
                broken(box.admin().post("/call_queues", queue("x", "7003").put("polling_strategy", "PAGING_INTERCOM").put("ring_time", 0)
                        .put("max_waiting_time", 14).put("inform_position_interval", 9).put("sla_time", 65537).put("sticky_routing_duration", 366))));
        assertEquals(Set.of("moh_prompt_file_id", "intro_prompt_file_id", "no_answer_forward_rule.number", "outbound_caller_ids[0].provider_id",
                "outbound_caller_ids[1].caller_id", "outbound_caller_ids[1].provider_id"), broken(box.admin().post("/call_queues", """
                {"name": "x", "extension_number": "7003", "polling_strategy": "CYCLIC_HUNT", "moh_prompt_file_id": "nothing",
                 "intro_prompt_file_id": "nothing", "no_answer_forward_rule": {"action": "FORWARD_TO_NUMBER", "number": "7003"},
                 "outbound_caller_ids": [{"provider_id": "nobody", "caller_id": "1"}, {}]}""")));
        assertEquals(Set.of("no_answer_forward_rule.action"), broken(box.admin().post("/call_queues", queue("x", "7003")
                .set("no_answer_forward_rule", JSON.createObjectNode().put("action", "REPEAT")))), "only ring groups can ring all over again");
    }

    @Test
    void a_name_and_a_number_have_one_owner() {
        var id = create(queue("Shop", "7004"));
        box.admin().post("/call_queues", queue("shop", "7005")).expect(409);
        box.admin().post("/call_queues", queue("Other", "7004")).expect(409);
        box.admin().post("/ring_groups", JSON.createObjectNode().put("name", "Shop").put("extension_number", "7004")).expect(409);
        box.admin().post("/call_queues/" + id + "/destroy").expect(204);
        box.admin().get("/call_queues/" + id).expect(404);
        box.admin().post("/call_queues/" + id + "/destroy").expect(404);
        box.admin().get("/extension_numbers/7004").expect(404);
        create(queue("Shop", "7004"));
    }

    @Test
    void the_list_is_filtered_searched_sorted_and_paged() {
        create(queue("List alpha", "7006").put("ring_time", 11));
        create(queue("List beta", "7007").put("ring_time", 12));
        assertEquals(List.of("7007"), numbers(box.admin().get("/call_queues?filter=" + encoded("ring_time eq 12")).expect(200)));
        assertEquals(List.of("7007", "7006"), numbers(box.admin().get("/call_queues?search=List&orderby=" + encoded("name desc")).expect(200)));
        var page = box.admin().get("/call_queues?search=List&top=1&skip=1").expect(200);
        assertEquals(List.of("7007"), numbers(page));
        assertEquals(2, page.get("count").asInt());
        assertEquals(Set.of("orderby"), broken(box.admin().get("/call_queues?orderby=max_callers")));
    }

    @Test
    void agents_keep_their_order_and_are_existing_extensions_once_each() {
        var id = create(queue("Ordered", "7008"));
        agents(id, "103", "101");
        var list = box.admin().get("/call_queues/" + id + "/agents").expect(200);
        assertEquals(List.of("103", "101"), numbers(list));
        assertEquals("{\"extension_number\":\"103\",\"display_name\":\"User 103\",\"skill_level\":1}", list.at("/items/0").toString());
        assertEquals("{\"extension_number\":\"103\",\"display_name\":\"User 103\",\"skill_level\":1,\"status\":\"OFFLINE\"}",
                box.admin().get("/call_queues/" + id + "/agents/103").expect(200).toString());
        box.admin().get("/call_queues/" + id + "/agents/102").expect(404);
        box.admin().get("/call_queues/" + id + "/agents/9999").expect(404);
        assertEquals(Set.of("items[1].extension_number", "items[2].extension_number"), broken(box.admin().post("/call_queues/" + id + "/agents",
                "{\"items\":[{\"extension_number\":\"101\"},{\"extension_number\":\"101\"},{\"extension_number\":\"9999\"}]}")));
        agents(id);
        assertEquals(List.of(), numbers(box.admin().get("/call_queues/" + id + "/agents").expect(200)));
        box.admin().get("/call_queues/nothing/agents").expect(404);
        box.admin().post("/call_queues/nothing/agents", "{\"items\":[]}").expect(404);
    }

    @Test
    void who_leaves_the_company_leaves_its_queues() {
        var id = create(queue("Leavers", "7009"));
        var user = box.user("104");
        agents(id, "104", "101");
        box.admin().post("/users/" + user + "/destroy").expect(204);
        assertEquals(List.of("101"), numbers(box.admin().get("/call_queues/" + id + "/agents").expect(200)));
        box.admin().get("/users/" + user + "/call_queues").expect(404);
    }

    @Test
    void an_administrator_sets_a_status_by_queue_or_by_user() {
        var id = create(queue("Managed", "7010"));
        agents(id, "101");
        box.admin().post("/call_queues/" + id + "/agents/101", body("LOGGED_OUT")).expect(200);
        assertEquals("LOGGED_OUT", status(id, "101"));
        assertEquals("LOGGED_OUT", box.admin().get("/users/" + id101 + "/call_queues/" + id + "/agent").expect(200).get("status").asText());
        box.admin().post("/users/" + id101 + "/call_queues/" + id + "/agent", body("LOGGED_IN")).expect(200);
        assertEquals("OFFLINE", status(id, "101"));
        var entry = box.admin().get("/audit_logs?top=1").expect(200).at("/items/0");
        assertEquals("UPDATE CALL_QUEUE Managed", entry.get("action").asText() + " " + entry.get("object_type").asText() + " " + entry.get("object_name").asText());
        assertEquals("{\"agent\":\"101\",\"status\":\"READY\"}", entry.get("new_state").asText());
        assertEquals(Set.of("status"), broken(box.admin().post("/call_queues/" + id + "/agents/101", body("QUEUE_CALL"))), "that is observed, never set");
        assertEquals(Set.of("status"), broken(box.admin().post("/call_queues/" + id + "/agents/101", "{}")));
        box.admin().post("/call_queues/" + id + "/agents/102", body("READY")).expect(404);
        box.admin().post("/users/" + id101 + "/call_queues/nothing/agent", body("READY")).expect(404);
        assertTrue(numbers(box.admin().get("/users/" + id101 + "/call_queues").expect(200)).contains("7010"));
    }

    @Test
    void an_agent_acts_for_itself_alone_and_in_its_own_queues_only() {
        var own = create(queue("Own", "7011"));
        var others = create(queue("Others", "7012"));
        box.user("105");
        agents(own, "105");
        agents(others, "101");
        var self = as("105");
        assertEquals("{\"items\":[{\"id\":\"" + own + "\",\"name\":\"Own\",\"extension_number\":\"7011\"}]}", self.get("/user/call_queues").expect(200).toString());
        self.post("/user/call_queues/" + own + "/agent", body("LOGGED_OUT")).expect(200);
        assertEquals("{\"extension_number\":\"105\",\"display_name\":\"User 105\",\"skill_level\":1,\"status\":\"LOGGED_OUT\"}",
                self.get("/user/call_queues/" + own + "/agent").expect(200).toString());
        self.get("/user/call_queues/" + others + "/agent").expect(404);
        self.post("/user/call_queues/" + others + "/agent", body("READY")).expect(404);
        assertEquals(Set.of("status"), broken(self.post("/user/call_queues/" + own + "/agent", "{\"status\":null}")));
        self.post("/call_queues/" + own + "/agents/105", body("READY")).expect(403);
        self.get("/users/" + id101 + "/call_queues").expect(403);
        self.get("/call_queues").expect(403);
        assertEquals(List.of(), numbers(box.admin().get("/user/call_queues").expect(200)), "an administrator without a phone is no agent");
    }

    @Test
    void nobody_waits_and_the_queues_own_agents_may_see_that() {
        var id = create(queue("Quiet", "7013"));
        agents(id, "102");
        for (var who : List.of(box.admin(), as("102"))) {
            assertEquals("{\"items\":[]}", who.get("/call_queues/" + id + "/waiting").expect(200).toString());
            assertEquals("OFFLINE", who.get("/call_queues/" + id + "/status").expect(200).get("status").asText());
            assertEquals("NOT_FOUND", who.post("/call_queues/" + id + "/waiting/someone/pickup").expect(404).at("/errors/0/code").asText());
        }
        for (var path : List.of("/waiting", "/status")) {
            as("103").get("/call_queues/" + id + path).expect(403);
            box.admin().get("/call_queues/nothing" + path).expect(404);
        }
        as("103").post("/call_queues/" + id + "/waiting/someone/pickup").expect(403);
    }

    @Test
    void a_state_is_there_after_a_restart() {
        try (var other = Box.start()) {
            other.user("101");
            var id = other.admin().post("/call_queues", queue("Lasting", "700")).expect(200).get("id").asText();
            other.admin().post("/call_queues/" + id + "/agents", "{\"items\":[{\"extension_number\":\"101\"}]}").expect(200);
            other.admin().post("/call_queues/" + id + "/agents/101", body("LOGGED_OUT")).expect(200);
            other.restart();
            assertEquals("LOGGED_OUT", other.admin().get("/call_queues/" + id + "/agents/101").expect(200).get("status").asText());
        }
    }

    @Test
    void the_defaults_that_a_null_falls_back_to_are_the_documents() {
        var properties = box.stranger().get("/openapi.json").expect(200).at("/paths/~1call_queues/post/requestBody/content/application~1json/schema/properties");
        var id = create(queue("Nulls", "7014"));
        var nulls = JSON.createObjectNode();
        properties.properties().stream().filter(field -> field.getValue().has("default")).forEach(field -> nulls.putNull(field.getKey()));
        box.admin().post("/call_queues/" + id, nulls).expect(200);
        var shown = show(id);
        properties.properties().stream().filter(field -> field.getValue().has("default"))
                .forEach(field -> assertEquals(field.getValue().get("default"), shown.get(field.getKey()), field.getKey()));
    }

    @Test
    void a_real_phone_brings_its_agent_online_busies_it_and_a_call_of_its_own_leaves_it_not_ready() {
        try (var other = Box.start()) {
            List.of("101", "102").forEach(other::user);
            var id = other.admin().post("/call_queues", queue("Real", "700")).expect(200).get("id").asText();
            other.admin().post("/call_queues/" + id + "/agents", "{\"items\":[{\"extension_number\":\"101\"}]}").expect(200);
            assertEquals("OFFLINE", status(other, id));
            try (var agent = phone(other, "101", 440); var friend = phone(other, "102", 1000)) {
                assertEquals("READY", status(other, id));
                assertEquals("ONLINE", other.admin().get("/call_queues/" + id + "/status").expect(200).get("status").asText());
                friend.dial("101");
                agent.await("CALL_INCOMING");
                agent.answer();
                friend.await("CALL_ESTABLISHED");
                assertEquals("OTHER_CALL", status(other, id));
                friend.hangUp();
                eventually(Baresip.BOUND, () -> status(other, id).equals("NOT_READY"));
                other.admin().post("/call_queues/" + id + "/agents/101", body("READY")).expect(200);
                assertEquals("READY", status(other, id));
            }
            eventually(Baresip.BOUND, () -> status(other, id).equals("OFFLINE"));
        }
    }

    private static Baresip phone(Box where, String number, int hertz) {
        var phone = new Baresip(Baresip.account(number, Box.secret(number), where.config().sipPort(), "udp"), hertz);
        phone.awaitRegistered();
        return phone;
    }

    private static String status(Box where, String id) {
        return where.admin().get("/call_queues/" + id + "/agents/101").expect(200).get("status").asText();
    }
}
