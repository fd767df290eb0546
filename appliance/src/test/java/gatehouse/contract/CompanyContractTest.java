package gatehouse.contract;

import static gatehouse.contract.Answers.broken;
import static gatehouse.testkit.Box.aUser;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.ApiClient.Reply;
import gatehouse.testkit.Box;
import gatehouse.testkit.SigningPair;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The company's own settings (contract area tenant). */
class CompanyContractTest {
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static Reply set(String body) {
        return box.admin().post("/tenant", body);
    }

    @Test
    void every_field_of_the_schema_is_there_with_its_default() {
        var shown = box.admin().get("/tenant").expect(200);
        var schema = box.stranger().get("/openapi.json").expect(200).at("/paths/~1tenant/get/responses/200/content/application~1json/schema/properties");
        schema.fieldNames().forEachRemaining(field -> assertTrue(shown.has(field), field));
        assertEquals(schema.size(), shown.size());
        assertEquals(20, shown.get("id").asText().length());
        assertEquals("box.test", shown.get("domain").asText());
        assertEquals(10_000, shown.get("max_extensions").asInt());
        assertTrue(shown.get("used_disk_quota").asText().matches("\\d+[KM]B"), shown.get("used_disk_quota").asText());
        assertTrue(shown.get("avatar_file_name").isNull());
    }

    @Test
    void an_update_changes_what_it_names_and_null_clears() {
        set("{\"website\": \"https://example.org\", \"timezone\": \"Europe/Berlin\", \"currency\": \"EUR\", \"region\": \"DEU\", \"recording_retention\": 90}").expect(200);
        set("{\"currency\": null, \"recording_retention\": null}").expect(200);
        var shown = box.admin().get("/tenant").expect(200);
        assertEquals("https://example.org", shown.get("website").asText());
        assertEquals("Europe/Berlin", shown.get("timezone").asText());
        assertTrue(shown.get("currency").isNull());
        assertEquals(180, shown.get("recording_retention").asInt(), "cleared is back at its default");
        box.admin().post("/tenant").expect(200);
        set("{\"name\": \"Anna's bakery\"}").expect(200);
        set("{\"name\": null}").expect(200);
        assertEquals("box.test", box.admin().get("/tenant").expect(200).get("name").asText(), "a company has a name");
    }

    @Test
    void office_hours_come_back_as_they_were_set() {
        var hours = "{\"office_hours\": {\"monday\": {\"enabled\": true, \"ranges\": [{\"from\": \"08:00\", \"to\": \"17:00\"}]}}}";
        set(hours).expect(200);
        var monday = box.admin().get("/tenant").expect(200).at("/office_hours/monday");
        assertEquals("17:00", monday.at("/ranges/0/to").asText());
        assertTrue(box.admin().get("/tenant").expect(200).at("/office_hours/tuesday").isNull());
        assertEquals(Set.of("office_hours.monday.ranges[0]"), broken(set(hours.replace("17:00", "07:00"))));
    }

    @Test
    void all_broken_rules_come_back_together() {
        assertEquals(Set.of("domain", "website", "timezone", "currency", "region", "extension_im_disk_quota", "outbound_caller_ids[0].provider_id",
                "e164.area_code", "cdr_event.url", "contact_match_length", "avatar_file_id", "stir_shaken_cert", "stir_shaken_key"), broken(set("""
                {"domain": "other.test", "website": "no address", "timezone": "Mars/Base", "currency": "XQZ", "region": "Nowhere",
                 "extension_im_disk_quota": "much", "outbound_caller_ids": [{"provider_id": "none", "caller_id": "100"}],
                 "e164": {"area_code": "o30"}, "cdr_event": {"enabled": true}, "contact_match_type": "MATCH_LENGTH", "avatar_file_id": "none",
                 "stir_shaken_cert": "none", "stir_shaken_key": "none"}""")));
        assertEquals(Set.of("extension_event.token"), broken(set("{\"extension_event\": {\"enabled\": true, \"auth\": \"BEARER\", \"url\": \"https://a.test\"}}")));
        assertEquals(Set.of("nonsense", "log_retention", "contact_match_type"), broken(set("{\"nonsense\": 1, \"log_retention\": 0, \"contact_match_type\": \"MAYBE\"}")));
    }

    @Test
    void secrets_are_sealed_kept_and_shown_only_to_who_may_set_them() throws IOException {
        set("""
                {"cdr_event": {"enabled": true, "auth": "BASIC", "username": "reporter", "password": "verysecret7", "url": "https://example.org/cdrs"},
                 "extension_event": {"enabled": false, "token": "bearertoken9"}}""").expect(200);
        set("{\"cdr_event\": {\"enabled\": true, \"auth\": \"BASIC\", \"username\": \"reporter\", \"url\": \"https://example.org/other\"}}").expect(200);
        var shown = box.admin().get("/tenant").expect(200);
        assertEquals("verysecret7", shown.at("/cdr_event/password").asText(), "what is left out stays");
        assertEquals("https://example.org/other", shown.at("/cdr_event/url").asText());
        box.admin().post("/tenant", shown.get("cdr_event").isObject() ? "{\"cdr_event\": " + shown.get("cdr_event") + "}" : "").expect(200);
        set("{\"extension_event\": null}").expect(200);
        assertTrue(box.admin().get("/tenant").expect(200).get("extension_event").isNull());
        var audit = box.admin().get("/audit_logs").text();
        assertTrue(audit.contains("\\\"secrets\\\":\\\"changed\\\""));
        assertFalse(audit.contains("verysecret7") || audit.contains("bearertoken9"));
        var disk = new StringBuilder();
        try (var files = Files.walk(box.config().data())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                disk.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        assertFalse(disk.toString().contains("verysecret7"));
    }

    @Test
    void a_signing_key_belongs_to_its_certificate() {
        var pair = SigningPair.make();
        var body = new ObjectMapper().createObjectNode().put("stir_shaken_cert", pair.certificate());
        box.admin().post("/tenant", body.deepCopy().put("stir_shaken_key", pair.key())).expect(200);
        assertEquals(pair.key(), box.admin().get("/tenant").expect(200).get("stir_shaken_key").asText());
        assertEquals(Set.of("stir_shaken_key"), broken(box.admin().post("/tenant", body.deepCopy().put("stir_shaken_key", SigningPair.make().key()))));
        set("{\"stir_shaken_cert\": null, \"stir_shaken_key\": null}").expect(200);
    }

    @Test
    void a_password_policy_starts_strict_and_can_be_changed() {
        try (var fresh = Box.startStrict()) {
            var policy = fresh.admin().get("/tenant/password_policy").expect(200);
            assertEquals("{\"min_length\":6,\"max_length\":32,\"contains_letters\":true,\"contains_numbers\":true,\"contains_special_letters\":true,"
                    + "\"disable_sequential_characters\":true,\"disable_repeating_characters\":true,\"disable_account_information\":true}", policy.toString());
            fresh.admin().post("/tenant/password_policy", "{\"min_length\": 12, \"contains_numbers\": false}").expect(200);
            var changed = fresh.admin().get("/tenant/password_policy").expect(200);
            assertEquals(12, changed.get("min_length").asInt());
            assertFalse(changed.get("contains_numbers").asBoolean());
            assertTrue(changed.get("contains_letters").asBoolean(), "what was left out stays");
            assertEquals(Set.of("min_length"), broken(fresh.admin().post("/tenant/password_policy", "{\"max_length\": 8}")));
            assertEquals(Set.of("min_length", "max_length"), broken(fresh.admin().post("/tenant/password_policy", "{\"min_length\": 5, \"max_length\": 33}")));
            fresh.restart();
            assertEquals(changed, fresh.admin().get("/tenant/password_policy").expect(200));
            fresh.admin().post("/tenant/password_policy", "{\"min_length\": null}").expect(200);
            assertEquals(6, fresh.admin().get("/tenant/password_policy").expect(200).get("min_length").asInt());
        }
    }

    @Test
    void headers_of_the_companys_own_are_checked_as_sip_reads_them() {
        box.admin().post("/tenant/custom_headers", """
                {"add": [{"name": "X-Company", "value": "Bakery", "scope": "ALL"}, {"name": "X-Site", "value": "1"}],
                 "relay": [{"name": "User-to-User", "scope": "USER"}]}""").expect(200);
        var shown = box.admin().get("/tenant/custom_headers").expect(200);
        assertEquals("TRUNK", shown.at("/add/1/scope").asText(), "the default");
        box.admin().post("/tenant/custom_headers", "{\"relay\": []}").expect(200);
        assertEquals(2, box.admin().get("/tenant/custom_headers").expect(200).get("add").size());
        assertEquals(Set.of("add[0].name", "add[1].name", "add[2].name", "add[3].value", "relay[0].name"), broken(box.admin().post("/tenant/custom_headers", """
                {"add": [{"name": "Via", "value": "a"}, {"name": "X Y", "value": "a"}, {"name": "via", "value": "a"}, {"name": "X-A", "value": "a\\r\\nVia: b"}],
                 "relay": [{"name": "Call-ID"}]}""")));
    }

    @Test
    void the_status_counts_what_there_is() {
        var before = box.admin().get("/tenant/status").expect(200);
        box.user("5001");
        var after = box.admin().get("/tenant/status").expect(200);
        assertEquals(before.get("current_users").asInt() + 1, after.get("current_users").asInt());
        assertEquals(0, after.get("online_users").asInt());
        assertEquals(24, after.get("calls_in_24_hours").size());
        assertTrue(after.at("/calls_in_24_hours/23/time").asText().endsWith(":00:00Z"));
        assertEquals(11, after.size());
    }

    @Test
    void who_may_see_and_who_may_set_are_told_apart() {
        box.admin().post("/users", aUser("5002")).expect(201);
        var user = new ApiClient(box.httpsOrigin()).signedIn("user5002", "password-5002");
        user.get("/tenant").expect(403);
        user.post("/tenant", "{\"name\": \"mine\"}").expect(403);
        user.get("/tenant/status").expect(403);
        user.get("/tenant/password_policy").expect(200);
        user.post("/tenant/password_policy", "{\"min_length\": 6}").expect(403);
        box.stranger().get("/tenant").expect(401);
        var last = box.admin().get("/audit_logs?top=100").expect(200).get("items");
        assertTrue(last.valueStream().anyMatch(entry -> entry.get("object_type").asText().equals("TENANT") && entry.get("action").asText().equals("UPDATE")));
    }

    @Test
    void settings_outlive_a_restart() {
        try (var other = Box.start()) {
            other.admin().post("/tenant", "{\"website\": \"https://example.org\", \"cdr_event\": {\"token\": \"bearertoken9\"}}").expect(200);
            var before = other.admin().get("/tenant").expect(200);
            other.restart();
            var after = other.admin().get("/tenant").expect(200);
            assertEquals(before.get("id"), after.get("id"));
            assertEquals(before.get("cdr_event"), after.get("cdr_event"));
            assertEquals("https://example.org", after.get("website").asText());
        }
    }
}
