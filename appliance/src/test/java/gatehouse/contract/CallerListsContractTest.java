package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.Box;
import gatehouse.testkit.Sounds;
import gatehouse.testkit.Uploading;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** VIP, exclusive and blacklisted numbers over real HTTPS. Each test has numbers of its own on one box. */
class CallerListsContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;

    /** The three lists, and what their entries need beside a number. */
    enum NumberList {
        EXCLUSIVE("/exclusive_numbers", "EXCLUSIVE_NUMBER"), VIP("/vip_numbers", "VIP_NUMBER"),
        BLACKLIST("/call_queue_blacklisted_numbers", "CALL_QUEUE_BLACKLISTED_NUM");

        private final String path;
        private final String object;

        NumberList(String path, String object) {
            this.path = path;
            this.object = object;
        }

        ObjectNode entry(String number) {
            var entry = JSON.createObjectNode().put("number", number);
            return this == BLACKLIST ? entry.put("level", "FIRST") : entry;
        }

        String create(ObjectNode entry) {
            return box.admin().post(path, entry).expect(200).get("id").asText();
        }

        JsonNode show(String id) {
            return box.admin().get(path + "/" + id).expect(200);
        }

        List<String> listed(String options) {
            var numbers = new ArrayList<String>();
            box.admin().get(path + "?" + options).expect(200).get("items").forEach(item -> numbers.add(item.get("number").asText()));
            return numbers;
        }
    }

    @BeforeAll
    static void start() {
        box = Box.start();
        List.of("101", "102", "103").forEach(box::user);
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @EnumSource
    void an_entry_is_made_shown_changed_and_removed(NumberList list) {
        var id = list.create(list.entry("1001").put("description", "Aunt"));
        var shown = list.show(id);
        assertEquals("1001", shown.get("number").asText());
        assertEquals("Aunt", shown.get("description").asText());
        assertTrue(shown.get("enabled").asBoolean());
        assertTrue(shown.get("created_at").asText().endsWith("Z"));
        box.admin().post(list.path + "/" + id, "{\"number\":\"1002\",\"description\":null,\"enabled\":false}").expect(200);
        shown = list.show(id);
        assertEquals("1002", shown.get("number").asText());
        assertTrue(shown.get("description").isNull());
        assertTrue(!shown.get("enabled").asBoolean());
        box.admin().post(list.path + "/" + id, "{\"enabled\":null}").expect(200);
        assertTrue(list.show(id).get("enabled").asBoolean(), "what has a default goes back to it");
        assertEquals(Set.of("number"), broken(box.admin().post(list.path + "/" + id, "{\"number\":null}")));
        assertEquals("", box.admin().post(list.path + "/" + id + "/destroy").text());
        box.admin().get(list.path + "/" + id).expect(404);
        box.admin().post(list.path + "/" + id + "/destroy").expect(404);
        var entries = box.admin().get("/audit_logs?top=2").expect(200).get("items");
        assertEquals("DELETE " + list.object + " 1002", entries.get(0).get("action").asText() + " " + entries.get(0).get("object_type").asText() + " "
                + entries.get(0).get("object_name").asText());
        assertEquals("UPDATE", entries.get(1).get("action").asText());
    }

    @ParameterizedTest
    @EnumSource
    void a_number_stands_in_a_list_once(NumberList list) {
        var id = list.create(list.entry("2001"));
        assertEquals("CONFLICT", box.admin().post(list.path, list.entry("2001")).expect(409).at("/errors/0/code").asText());
        var other = list.create(list.entry("2002"));
        box.admin().post(list.path + "/" + other, "{\"number\":\"2001\"}").expect(409);
        box.admin().post(list.path + "/" + id, "{\"number\":\"2001\",\"description\":\"the same\"}").expect(200);
    }

    @ParameterizedTest
    @EnumSource
    void a_number_has_its_form(NumberList list) {
        for (var wrong : List.of("", "1 2", "12\n", "1".repeat(65), "１２")) {
            assertEquals(Set.of("number"), broken(box.admin().post(list.path, list.entry(wrong))), wrong);
        }
        assertTrue(broken(box.admin().post(list.path)).contains("number"));
        if (list != NumberList.EXCLUSIVE) {
            assertEquals(Set.of("number"), broken(box.admin().post(list.path, list.entry("+49*"))), "masks are for exclusive numbers");
        }
        list.create(list.entry("+4930"));
    }

    @ParameterizedTest
    @EnumSource
    void a_list_is_filtered_searched_sorted_and_paged(NumberList list) {
        list.create(list.entry("3001").put("description", "find me"));
        list.create(list.entry("3002").put("description", "find me").put("enabled", false));
        assertEquals(List.of("3002"), list.listed("filter=" + encoded("enabled eq false and startswith(number,'300')")));
        assertEquals(List.of("3002", "3001"), list.listed("search=" + encoded("find me") + "&orderby=" + encoded("number desc")));
        assertEquals(List.of("3002"), list.listed("search=find&skip=1&top=1"));
        assertEquals(List.of("3001", "3002"), list.listed("filter=" + encoded("description eq 'find me' and created_at gt 2026-01-01T00:00:00Z")));
        assertEquals(Set.of("filter"), broken(box.admin().get(list.path + "?filter=" + encoded("nonsense eq 1"))));
    }

    @ParameterizedTest
    @EnumSource
    void the_export_is_csv_with_a_line_an_entry(NumberList list) {
        list.create(list.entry("4001").put("description", "=SUM(A1), \"quoted\""));
        var lines = box.admin().get(list.path + "/export").text().lines().toList();
        assertTrue(lines.getFirst().startsWith("number,"), lines.getFirst());
        var line = lines.stream().filter(one -> one.startsWith("4001,")).findFirst().orElseThrow();
        assertTrue(line.contains(",\"'=SUM(A1), \"\"quoted\"\"\","), line);
        assertTrue(line.contains(",true,"), line);
    }

    @ParameterizedTest
    @EnumSource
    void the_lists_are_not_for_everybody(NumberList list) {
        var user = box.stranger().signedIn("user103", "password-103");
        assertEquals(403, user.get(list.path).status());
        assertEquals(403, user.get(list.path + "/export").status());
        assertEquals(403, user.post(list.path, list.entry("5001")).status());
        assertEquals(401, box.stranger().get(list.path).status());
    }

    @Test
    void a_place_and_an_end_are_checked_and_kept() {
        for (var list : List.of(NumberList.VIP, NumberList.BLACKLIST)) {
            var id = list.create(list.entry("6001").put("longitude", "13.405").put("latitude", "-52.52").put("address", "Here")
                    .put("expire_at", "2027-01-31T10:00:00.5+02:00"));
            var shown = list.show(id);
            assertEquals("13.405 -52.52 Here 2027-01-31T08:00:00Z", shown.get("longitude").asText() + " " + shown.get("latitude").asText() + " "
                    + shown.get("address").asText() + " " + shown.get("expire_at").asText());
            assertEquals(List.of("6001"), list.listed("filter=" + encoded("expire_at eq 2027-01-31T08:00:00Z")));
            box.admin().post(list.path + "/" + id, "{\"expire_at\":null,\"latitude\":null}").expect(200);
            assertTrue(list.show(id).get("expire_at").isNull() && list.show(id).get("latitude").isNull());
            assertEquals(Set.of("longitude", "latitude", "expire_at"), broken(box.admin().post(list.path + "/" + id,
                    "{\"longitude\":\"181\",\"latitude\":\"north\",\"expire_at\":\"tomorrow\"}")));
            assertEquals(Set.of("expire_at"), broken(box.admin().post(list.path + "/" + id, "{\"expire_at\":\"+20000-01-01T00:00:00Z\"}")));
        }
    }

    @Test
    void a_blacklisted_number_has_a_level() {
        assertEquals(Set.of("level"), broken(box.admin().post(NumberList.BLACKLIST.path, NumberList.BLACKLIST.entry("7001").put("level", "THIRD"))));
        assertEquals(Set.of("level"), broken(box.admin().post(NumberList.BLACKLIST.path, NumberList.VIP.entry("7001"))));
        var id = NumberList.BLACKLIST.create(NumberList.BLACKLIST.entry("7001").put("trigger_times", 3));
        box.admin().post(NumberList.BLACKLIST.path + "/" + id, "{\"level\":\"SECOND\"}").expect(200);
        assertEquals(List.of("7001"), NumberList.BLACKLIST.listed("filter=" + encoded("level eq 'SECOND' and trigger_times ge 3")));
        assertEquals(Set.of("level"), broken(box.admin().post(NumberList.BLACKLIST.path + "/" + id, "{\"level\":null}")));
    }

    private static String queue(String name, String number, String agents) {
        var id = box.admin().post("/call_queues", JSON.createObjectNode().put("name", name).put("extension_number", number)
                .put("polling_strategy", "CYCLIC_HUNT")).expect(200).get("id").asText();
        box.admin().post("/call_queues/" + id + "/agents", agents).expect(200);
        return id;
    }

    @Test
    void an_exclusive_number_has_agents_queue_by_queue() {
        var sales = queue("Sales", "7701", "{\"items\":[{\"extension_number\":\"101\"},{\"extension_number\":\"102\"}]}");
        var quiet = queue("Quiet", "7702", "{\"items\":[]}");
        var id = NumberList.EXCLUSIVE.create(NumberList.EXCLUSIVE.entry("+4930*"));
        var path = "/exclusive_numbers/" + id + "/call_queues";
        assertEquals("{\"items\":[]}", box.admin().get(path).expect(200).toString());
        box.admin().post(path + "/" + sales + "/agents", "{\"items\":[\"102\",\"101\"]}").expect(200);
        assertEquals("{\"items\":[{\"id\":\"" + sales + "\",\"name\":\"Sales\",\"extension_number\":\"7701\"}]}", box.admin().get(path).expect(200).toString());
        var agents = box.admin().get(path + "/" + sales + "/agents").expect(200).get("items");
        assertEquals("user102 User 102 102", agents.get(0).get("name").asText() + " " + agents.get(0).get("display_name").asText() + " "
                + agents.get(0).get("extension_number").asText());
        assertEquals("101", agents.get(1).get("extension_number").asText());
        assertEquals("{\"queue\":\"Sales\",\"agents\":[\"102\",\"101\"]}", box.admin().get("/audit_logs?top=1").expect(200).at("/items/0/new_state").asText());

        assertEquals(Set.of("items[0]", "items[2]"), broken(box.admin().post(path + "/" + sales + "/agents", "{\"items\":[\"103\",\"101\",\"101\"]}")));
        box.admin().post(path + "/" + sales + "/agents", "{}").expect(200);
        assertEquals(2, box.admin().get(path + "/" + sales + "/agents").expect(200).get("items").size(), "refused and empty bodies change nothing");
        box.admin().post(path + "/nothing/agents", "{\"items\":[]}").expect(404);
        box.admin().get("/exclusive_numbers/nothing/call_queues").expect(404);
        box.admin().post("/exclusive_numbers/nothing/call_queues/" + sales + "/agents", "{\"items\":[]}").expect(404);

        box.admin().post("/call_queues/" + sales + "/agents", "{\"items\":[{\"extension_number\":\"101\"}]}").expect(200);
        assertEquals(1, box.admin().get(path + "/" + sales + "/agents").expect(200).get("items").size(), "who leaves the queue serves nobody there");
        box.admin().post(path + "/" + quiet + "/destroy").expect(404);
        box.admin().post(path + "/" + sales + "/destroy").expect(204);
        assertEquals("{\"items\":[]}", box.admin().get(path).expect(200).toString());
        box.admin().post(path + "/" + sales + "/agents", "{\"items\":[\"101\"]}").expect(200);
        box.admin().post("/call_queues/" + sales + "/destroy").expect(204);
        assertEquals("{\"items\":[]}", box.admin().get(path).expect(200).toString());
        box.admin().post("/exclusive_numbers/" + id + "/destroy").expect(204);
    }

    @Test
    void the_prompts_are_off_at_first_and_name_sounds_that_exist(@TempDir Path folder) throws IOException {
        var path = "/call_queue_blacklist_prompts";
        assertEquals("{\"enable_level1\":false,\"level1_prompt_file_name\":null,\"level1_prompt_file_size\":null,\"level1_prompt_file_url\":null,"
                + "\"enable_level2\":false,\"level2_prompt_file_name\":null,\"level2_prompt_file_size\":null,\"level2_prompt_file_url\":null}",
                box.admin().get(path).expect(200).toString());
        assertEquals(Set.of("level1_prompt_file_id", "level2_prompt_file_id"), broken(box.admin().post(path,
                "{\"enable_level1\":true,\"level1_prompt_file_id\":\"nothing\",\"level2_prompt_file_id\":\"nothing\"}")));
        var sound = Sounds.wav(folder, 0.5);
        var file = Uploading.file(box.admin(), sound);
        box.admin().post(path, "{\"enable_level2\":true,\"level1_prompt_file_id\":\"" + file + "\"}").expect(200);
        assertTrue(box.admin().get(path).expect(200).get("enable_level2").asBoolean());
        assertEquals(sound.getFileName().toString(), box.admin().get(path).expect(200).get("level1_prompt_file_name").asText());
        box.admin().post("/files/" + file + "/destroy").expect(409);
        box.admin().post(path, "{\"level1_prompt_file_id\":null}").expect(200);
        assertTrue(box.admin().get(path).expect(200).get("level1_prompt_file_name").isNull());
        box.admin().post("/files/" + file + "/destroy").expect(204);
        box.admin().post(path, "{\"enable_level2\":null}").expect(200);
        assertTrue(!box.admin().get(path).expect(200).get("enable_level2").asBoolean());
        var entry = box.admin().get("/audit_logs?top=1").expect(200).at("/items/0");
        assertEquals("CALL_QUEUE_BLACKLISTED_NUM prompts", entry.get("object_type").asText() + " " + entry.get("object_name").asText());
        assertEquals(403, box.stranger().signedIn("user103", "password-103").get(path).status());
    }
}
