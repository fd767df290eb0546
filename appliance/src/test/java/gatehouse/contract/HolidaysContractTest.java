package gatehouse.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Box;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holidays over real HTTPS: the company's, one's own, another user's, and which of the company's somebody keeps. */
class HolidaysContractTest {
    private static Box box;
    private static String annId;
    private static ApiClient ann;

    @BeforeAll
    static void start() {
        box = Box.start();
        annId = box.user("5001");
        ann = box.stranger().signedIn("user5001", "password-5001");
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String day(String name, String more) {
        return "{\"name\":\"" + name + "\",\"region\":\"DEU\",\"consecutive\":false,\"every_year\":true,\"month_start\":5,\"day_start\":1" + more + "}";
    }

    private static String create(ApiClient client, String path, String body) {
        return client.post(path, body).expect(201).get("id").asText();
    }

    private static List<String> names(JsonNode answer) {
        var names = new ArrayList<String>();
        answer.get("items").forEach(item -> names.add(item.get("name").asText()));
        return names;
    }

    private static TreeSet<String> brokenFields(ApiClient.Reply reply) {
        var fields = new TreeSet<String>();
        reply.expect(400).get("errors").forEach(error -> fields.add(error.at("/detail/field").asText()));
        return fields;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Test
    void a_holiday_of_the_company_is_made_listed_shown_changed_and_removed() {
        var id = create(box.admin(), "/holidays", day("May Day", ",\"hour_end\":12,\"minute_end\":30"));
        var shown = box.admin().get("/holidays/" + id).expect(200);
        assertEquals("DEU", shown.get("region").asText());
        assertEquals(30, shown.get("minute_end").asInt());
        assertTrue(shown.get("year_start").isNull() && shown.get("day_end").isNull());
        box.admin().post("/holidays/" + id, "{\"hour_end\":null,\"minute_end\":null,\"day_start\":2}").expect(200);
        shown = box.admin().get("/holidays/" + id).expect(200);
        assertTrue(shown.get("hour_end").isNull());
        assertEquals(2, shown.get("day_start").asInt());
        assertEquals(5, shown.get("month_start").asInt());
        assertEquals(List.of("May Day"), names(box.admin().get("/holidays?filter=" + encoded("every_year eq true and month_start eq 5 and name eq 'May Day'"))
                .expect(200)));
        assertEquals(1, box.admin().get("/holidays?search=may").expect(200).get("count").asInt());
        assertTrue(box.admin().get("/audit_logs").expect(200).toString().contains("HOLIDAY"));
        box.admin().post("/holidays/" + id + "/destroy").expect(204);
        box.admin().get("/holidays/" + id).expect(404);
        box.admin().post("/holidays/" + id + "/destroy").expect(404);
    }

    @Test
    void every_broken_rule_comes_back_together() {
        assertEquals(new TreeSet<>(List.of("name", "region", "consecutive", "every_year")), brokenFields(box.admin().post("/holidays", "{}")));
        assertEquals(new TreeSet<>(List.of("region", "month_start", "day_start", "hour_start")), brokenFields(box.admin().post("/holidays",
                "{\"name\":\"x\",\"region\":\"XYZ\",\"consecutive\":false,\"every_year\":true,\"month_start\":0,\"hour_start\":24}")));
        var id = create(box.admin(), "/holidays", day("Rules", ""));
        assertEquals(new TreeSet<>(List.of("day_start")), brokenFields(box.admin().post("/holidays/" + id, "{\"day_start\":31,\"month_start\":6}")));
        assertEquals(new TreeSet<>(List.of("year_start")), brokenFields(box.admin().post("/holidays/" + id, "{\"every_year\":false}")));
        assertEquals(new TreeSet<>(List.of("name", "region")), brokenFields(box.admin().post("/holidays/" + id, "{\"name\":null,\"region\":null}")));
        box.admin().post("/holidays/" + id, "{\"every_year\":false,\"year_start\":2027}").expect(200);
        box.admin().post("/holidays/" + id + "/destroy").expect(204);
    }

    @Test
    void who_may_see_and_change_what() {
        ann.get("/holidays").expect(403);
        ann.post("/holidays", day("x", "")).expect(403);
        ann.get("/users/" + annId + "/holidays").expect(403);
        ann.post("/users/" + annId + "/global_holidays", "{}").expect(403);
        box.stranger().get("/user/holidays").expect(401);
        box.admin().get("/users/nobody/holidays").expect(404);
        box.admin().post("/users/nobody/holidays", day("x", "")).expect(404);
        box.admin().post("/users/nobody/global_holidays", "{\"items\":[]}").expect(404);
    }

    @Test
    void ones_own_holidays_are_seen_by_oneself_and_by_who_manages_users() {
        var other = box.user("5002");
        var id = create(ann, "/user/holidays", day("Birthday", ""));
        var given = create(box.admin(), "/users/" + annId + "/holidays", day("Anniversary", ""));
        assertEquals(List.of("Anniversary", "Birthday"), names(ann.get("/user/holidays").expect(200)));
        assertEquals(List.of("Anniversary", "Birthday"), names(box.admin().get("/users/" + annId + "/holidays").expect(200)));
        assertEquals("Birthday", box.admin().get("/users/" + annId + "/holidays/" + id).expect(200).get("name").asText());
        box.admin().get("/users/" + other + "/holidays/" + id).expect(404);
        box.admin().get("/holidays/" + id).expect(404);
        ann.post("/user/holidays/" + id, "{\"name\":\"Big birthday\"}").expect(400);
        ann.post("/user/holidays/" + id, "{\"name\":\"Big birthday\",\"consecutive\":false,\"every_year\":true}").expect(200);
        assertEquals("Big birthday", ann.get("/user/holidays/" + id).expect(200).get("name").asText());
        box.admin().post("/users/" + annId + "/holidays/" + given, "{\"name\":\"Jubilee\",\"consecutive\":false,\"every_year\":true,\"day_start\":3}").expect(200);
        assertEquals(3, ann.get("/user/holidays/" + given).expect(200).get("day_start").asInt());
        ann.post("/user/holidays/" + id + "/destroy").expect(204);
        box.admin().post("/users/" + annId + "/holidays/" + given + "/destroy").expect(204);
        ann.get("/user/holidays/" + given).expect(404);
    }

    @Test
    void a_user_keeps_all_of_the_companys_holidays_until_some_are_chosen() {
        var easter = create(box.admin(), "/holidays", day("G-Easter", ""));
        var unity = create(box.admin(), "/holidays", day("G-Unity", ""));
        var user = box.user("5003");
        var self = box.stranger().signedIn("user5003", "password-5003");
        var path = "/users/" + user + "/global_holidays";
        assertTrue(names(self.get("/user/global_holidays").expect(200)).containsAll(List.of("G-Easter", "G-Unity")));
        assertEquals(user, self.post("/user/global_holidays", "{\"items\":[\"" + unity + "\",\"" + unity + "\"]}").expect(201).get("id").asText());
        assertEquals(List.of("G-Unity"), names(self.get("/user/global_holidays").expect(200)));
        var refused = box.admin().post(path, "{\"items\":[\"" + easter + "\",\"nothing\"]}").expect(400);
        assertEquals("unknown", refused.at("/errors/0/detail/rule").asText());
        assertEquals(List.of("G-Unity"), names(box.admin().get(path).expect(200)));
        box.admin().post(path, "{\"items\":[\"" + unity + "\",\"" + easter + "\"]}").expect(201);
        box.admin().post(path, "{}").expect(201);
        assertEquals(List.of("G-Easter", "G-Unity"), names(box.admin().get(path).expect(200)));
        box.admin().post("/holidays/" + easter + "/destroy").expect(204);
        assertEquals(List.of("G-Unity"), names(self.get("/user/global_holidays").expect(200)));
        self.post("/user/global_holidays", "{\"items\":[]}").expect(201);
        assertEquals(List.of(), names(self.get("/user/global_holidays").expect(200)));
        self.post("/user/global_holidays", "{\"items\":null}").expect(201);
        assertTrue(names(self.get("/user/global_holidays").expect(200)).contains("G-Unity"));
        box.admin().post("/holidays/" + unity + "/destroy").expect(204);
        box.admin().post("/users/" + user + "/destroy").expect(204);
    }
}
