package gatehouse.contract;

import static gatehouse.testkit.Box.aPhone;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.ApiClient.Reply;
import gatehouse.testkit.Box;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many phones at once. */
class PhoneTableContractTest {
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static Reply send(ApiClient client, String query, String table) {
        return client.send(client.request("/phones/import" + query).header("Content-Type", "text/csv").POST(BodyPublishers.ofString(table)));
    }

    @Test
    void a_table_of_phones_needs_no_more_than_whose_which_and_what() {
        var one = box.user("9501");
        var two = box.user("9502");
        box.admin().post("/tenant", "{\"timezone\": \"Europe/Berlin\"}").expect(200);
        var table = """
                extension_number;mac;filename;model;codecs;language
                9501;00:15:65:AA:00:01;yealink.ph.xml;T46S;;
                9502;001565aa0002;yealink.ph.xml;t46s;PCMA G722;GERMAN
                """;
        assertEquals(2, send(box.admin(), "?dry_run=true", table).expect(200).get("count").asInt());
        assertEquals(0, box.admin().get("/users/" + one + "/phones").expect(200).get("items").size());
        assertEquals(0, send(box.admin(), "", table).expect(200).get("problems").size());
        var first = box.admin().get("/users/" + one + "/phones").expect(200).at("/items/0");
        assertEquals("001565aa0001 Yealink T46S ENGLISH UDP", String.join(" ", first.get("mac").asText(), first.get("vendor").asText(), first.get("model").asText(),
                first.get("language").asText(), first.get("preferred_transport").asText()));
        assertTrue(first.get("codecs").size() > 1 && !first.get("timezone").asText().isEmpty(), first.toString());
        assertEquals(16, first.get("password").asText().length(), "a password of its own");
        var second = box.admin().get("/users/" + two + "/phones").expect(200).at("/items/0");
        assertEquals("[\"PCMA\",\"G722\"]", second.get("codecs").toString());
        assertEquals("GERMAN", second.get("language").asText());
    }

    @Test
    void one_wrong_row_keeps_all_out() {
        var id = box.user("9503");
        box.admin().post("/users/" + id + "/phones", aPhone("001565aa0010", "yealink.ph.xml", "T46S")).expect(201);
        var reply = send(box.admin(), "", """
                extension_number,mac,filename,model
                9503,001565aa0011,yealink.ph.xml,T46S
                9999,001565aa0012,yealink.ph.xml,T46S
                ,001565aa0013,yealink.ph.xml,T46S
                9503,nonsense,yealink.ph.xml,T46S
                9503,001565aa0010,yealink.ph.xml,T46S
                9503,001565aa0011,yealink.ph.xml,T46S
                9503,001565aa0014,unknown.ph.xml,T46S
                9503,001565aa0015,yealink.ph.xml,T9000
                """);
        assertEquals(400, reply.status());
        assertEquals(List.of("3 extension_number", "4 extension_number", "5 mac", "6 mac", "7 mac", "8 filename", "9 model"),
                reply.body().get("errors").valueStream().map(error -> error.at("/detail/line").asText() + " " + error.at("/detail/field").asText()).toList());
        assertEquals(1, box.admin().get("/users/" + id + "/phones").expect(200).get("items").size());
    }

    @Test
    void who_manages_no_users_gives_no_phones() {
        box.user("9504");
        var self = box.stranger().signedIn("user9504", "password-9504");
        assertEquals(403, send(self, "", "extension_number\n9504\n").status());
        assertEquals(401, send(box.stranger(), "", "extension_number\n9504\n").status());
        assertEquals(415, box.admin().post("/phones/import", "{}").status());
    }
}
