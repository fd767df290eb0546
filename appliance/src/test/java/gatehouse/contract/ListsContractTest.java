package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Filter, search, orderby, skip and top of every list there is, over real HTTPS. */
class ListsContractTest {
    private static Box box;
    private static ApiClient user;

    @BeforeAll
    static void start() {
        box = Box.start();
        for (var number : List.of("103", "101", "102")) {
            var id = box.user(number);
            box.admin().post("/users/" + id + "/phones", Box.aPhone("001565000" + number, "yealink.ph.xml", "T46S")).expect(201);
        }
        user = box.stranger().signedIn("user101", "password-101");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private record Listed(String path, JsonNode operation) {
        ApiClient client() {
            return path.startsWith("/user/") ? user : box.admin(); // the administrator has no extension
        }

        boolean takes(String option) {
            for (var parameter : operation.path("parameters")) {
                if (parameter.path("name").asText().equals(option)) {
                    return true;
                }
            }
            return false;
        }

        ApiClient.Reply get(String option, String value) {
            return client().get(path + "?" + option + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }

    /** Every list that stands at a fixed path and takes a filter. */
    private static List<Listed> lists() {
        var lists = new ArrayList<Listed>();
        for (var path : box.stranger().get("/openapi.json").expect(200).get("paths").properties()) {
            var list = new Listed(path.getKey().replaceFirst("^/api", ""), path.getValue().path("get"));
            if (list.takes("filter") && !list.path.contains("{") && !list.path.endsWith("/export") && !list.path.equals("/ms365/users")) { // no Microsoft here
                lists.add(list);
            }
        }
        assertTrue(lists.size() >= 9, lists.toString());
        return lists;
    }

    /** Answers with items that are no lists to look through. */
    private static final Map<String, String> NO_LISTS = Map.of("retrieveCDR", "the legs of one call", "retrieveUserCDR", "one call",
            "showRecording", "the parts of one recording", "getUserRecording", "the parts of one recording",
            "showDhcpOptions", "one setting, as each server wants it written", "listAllowedCodes", "one setting: bare codes, without fields");

    @Test
    void every_operation_that_answers_with_items_is_a_list_with_all_options() {
        var document = box.stranger().get("/openapi.json").expect(200);
        var without = new ArrayList<String>();
        for (var path : document.get("paths").properties()) {
            var list = new Listed(path.getKey(), path.getValue().path("get"));
            var id = list.operation.path("operationId").asText();
            if (!id.isEmpty() && hasItems(document, list.operation) && !NO_LISTS.containsKey(id)
                    && !Stream.of("filter", "search", "orderby", "skip", "top").allMatch(list::takes)) {
                without.add(id);
            }
        }
        assertEquals(List.of(), without, "give them \"x-listed\": \"whole\", or say here why they are no lists");
    }

    private static boolean hasItems(JsonNode document, JsonNode operation) {
        for (var answer : operation.path("responses").properties()) {
            var schema = answer.getValue().path("content").path("application/json").path("schema");
            var name = schema.path("$ref").asText().replace("#/components/schemas/", "");
            if (answer.getKey().startsWith("2") && (name.isEmpty() ? schema : document.at("/components/schemas/" + name)).path("properties").has("items")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void a_list_that_is_given_whole_is_filtered_sorted_and_cut_by_what_it_shows() {
        for (var code : List.of("2 0301", "3 0302", "4 0303")) {
            user.post("/user/speed_dial_8", "{\"code\":\"%s\",\"phone_number\":\"%s\",\"description\":\"Café %s\"}"
                    .formatted(code.substring(0, 1), code.substring(2), code.substring(0, 1))).expect(201);
        }
        assertEquals("432", codes("orderby=code%20desc"));
        assertEquals("3", codes("skip=1&top=1"));
        assertEquals("4", codes("search=CAF%C3%89%20303"));
        assertEquals("34", codes("filter=" + URLEncoder.encode("phone_number gt '0301' and description ne null", StandardCharsets.UTF_8)));
        user.get("/user/speed_dial_8?top=0").expect(400);
        user.get("/user/speed_dial_8?filter=" + URLEncoder.encode("code eq 2", StandardCharsets.UTF_8)).expect(400);
    }

    private static String codes(String query) {
        var codes = new StringBuilder();
        user.get("/user/speed_dial_8?" + query).expect(200).get("items").forEach(one -> codes.append(one.get("code").asText()));
        return codes.toString();
    }

    @Test
    void every_list_takes_all_options_and_refuses_a_field_it_has_not() {
        for (var list : lists()) {
            for (var option : List.of("search", "orderby", "skip", "top")) {
                assertTrue(list.takes(option), list.path + " " + option);
            }
            for (var option : List.of("filter", "$filter")) {
                var error = list.get(option, "no.such eq 'a'").expect(400).at("/errors/0");
                assertEquals("filter unknown 0", error.at("/detail/field").asText() + " " + error.at("/detail/rule").asText() + " "
                        + error.at("/detail/position").asText(), list.path);
            }
            assertEquals("orderby", list.get("orderby", "no.such").expect(400).at("/errors/0/detail/field").asText(), list.path);
            list.get("search", "101").expect(list.operation.path("responses").has("201") ? 201 : 200);
        }
    }

    @Test
    void every_field_of_every_list_can_be_filtered_and_sorted_by() {
        for (var list : lists()) {
            var fine = list.operation.path("responses").has("201") ? 201 : 200;
            var message = list.get("filter", "no.such eq 'a'").expect(400).at("/errors/0/message").asText();
            var fields = Arrays.asList(message.substring(message.indexOf("it has ") + 7, message.length() - 1).split(", "));
            assertFalse(fields.isEmpty());
            for (var field : fields) {
                list.get("filter", field + " ne null or not (" + field + " eq null)").expect(fine);
                list.get("orderby", field + " desc, " + field).expect(fine);
            }
        }
    }

    private static List<String> numbers(String query) {
        var numbers = new ArrayList<String>();
        box.admin().get("/users?" + query).expect(200).get("items").forEach(one -> numbers.add(one.get("extension_number").asText()));
        return numbers;
    }

    @Test
    void users_are_filtered_searched_and_sorted() {
        assertEquals(List.of("102", "103"), numbers("filter=extension_number%20gt%20'101'%20and%20enabled%20eq%20true"));
        assertEquals(List.of("103", "102", "101"), numbers("$orderby=extension_number%20desc&$top=3"));
        assertEquals(List.of("102"), numbers("search=USER102"));
        var none = box.admin().get("/users?filter=created_at%20lt%202000-01-01T00:00:00Z").expect(200);
        assertEquals(0, none.get("count").asInt() + none.get("items").size());
        var page = box.admin().get("/users?filter=extension_number%20ne%20null&skip=1&top=1").expect(200);
        assertEquals("3 of one", page.get("count").asText() + " of " + (page.get("items").size() == 1 ? "one" : "many"));
    }

    @Test
    void phones_are_given_whole_unless_asked_otherwise() {
        assertEquals(3, box.admin().get("/phones").expect(200).get("items").size());
        assertEquals(1, box.admin().get("/phones?top=1").expect(200).get("items").size());
        var found = box.admin().get("/phones?filter=" + URLEncoder.encode("endswith(mac,'103')", StandardCharsets.UTF_8)).expect(200).get("items");
        assertEquals("103", found.at("/0/extension_number").asText());
        assertEquals(1, found.size());
    }

    @Test
    void the_audit_log_is_filtered_by_what_and_who() {
        var query = URLEncoder.encode("action eq 'CREATE' and object_type eq 'PHONE' and startswith(user_name,'adm')", StandardCharsets.UTF_8);
        var entries = box.admin().get("/audit_logs?top=2&filter=" + query).expect(200);
        assertEquals(3, entries.get("count").asInt());
        var kinds = new TreeSet<String>();
        entries.get("items").forEach(entry -> kinds.add(entry.get("object_type").asText() + " " + entry.get("action").asText()));
        assertEquals(List.of("PHONE CREATE"), List.copyOf(kinds));
    }
}
