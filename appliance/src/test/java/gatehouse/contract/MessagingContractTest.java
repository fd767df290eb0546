package gatehouse.contract;

import static gatehouse.contract.Answers.each;
import static gatehouse.contract.Answers.encoded;
import static gatehouse.contract.Answers.rules;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.testkit.ApiClient;
import gatehouse.testkit.ApiClient.Reply;
import gatehouse.testkit.Box;
import gatehouse.testkit.HttpDouble;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SMS and WhatsApp over real HTTPS, with the providers' own protocols on loopback. */
class MessagingContractTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Box box;
    private static HttpDouble provider;
    private static ApiClient user;
    private static String twilio;
    private static String telnyx;
    private static int made;

    @BeforeAll
    static void start() {
        box = Box.start();
        provider = new HttpDouble(_ -> new HttpDouble.Answer(500, ""));
        box.user("101");
        user = box.stranger().signedIn("user101", "password-101");
        twilio = trunk("Twilio trunk", "TWILIO");
        telnyx = trunk("Telnyx trunk", "Telnyx");
    }

    @AfterAll
    static void stop() {
        provider.close();
        box.close();
    }

    private static String trunk(String name, String brand) {
        return box.admin().post("/providers", TrunksContractTest.trunk(name).put("brand", brand)).expect(201).get("id").asText();
    }

    @BeforeEach
    void the_provider_takes_what_it_gets() {
        provider.answers(asked -> asked.path().contains("/2010-04-01/") ? new HttpDouble.Answer(201, "{\"sid\": \"SM" + ++made + "\"}")
                : asked.path().equals("/v2/messages") ? new HttpDouble.Answer(200, "{\"data\": {\"id\": \"tx" + ++made + "\"}}")
                : new HttpDouble.Answer(200, "{\"messages\": [{\"id\": \"wamid." + ++made + "\"}]}"));
    }

    private static String access(String more) {
        return "{\"account\": \"AC1\", \"key\": \"secret-key\", \"base_url\": \"" + provider.url() + "\"" + more + "}";
    }

    private static String sms(String name, String trunk) {
        return box.admin().post("/sms", JSON.createObjectNode().put("name", name).put("provider_id", trunk).put("sender_id", "+15550100")
                .put("credentials", access(""))).expect(201).get("id").asText();
    }

    private static String whatsApp(String name) {
        return box.admin().post("/whatsapp", JSON.createObjectNode().put("name", name).put("provider_id", twilio).put("phone_number", "+15550200")
                .put("phone_number_id", "10001").put("token", access(", \"app_secret\": \"app-secret\""))).expect(201).get("id").asText();
    }

    private static Reply send(String channel, String to, String text) {
        return user.post("/user/external_messages", JSON.createObjectNode().put("config_id", channel).put("receiver", to).put("content", text));
    }

    private static JsonNode sent(String channel, String to, String text) {
        return user.get("/user/external_messages/" + send(channel, to, text).expect(201).get("id").asText()).expect(200);
    }

    /** As the provider calls it, by the address that the box gave out but on loopback. */
    private static Reply call(String webhook, String body, Map<String, String> headers) {
        var request = box.stranger().request(webhook.substring(webhook.indexOf("/api/") + 4)).POST(BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return box.stranger().send(request);
    }

    private static String webhook(String path) {
        return box.admin().get(path).expect(200).get("webhook").asText();
    }

    private static String hmac(String algorithm, String key, String text, boolean hex) throws Exception {
        var mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "RAW"));
        var bytes = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        return hex ? HexFormat.of().formatHex(bytes) : Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void an_sms_goes_out_as_twilio_wants_it() {
        var id = sms("Out", twilio);
        var message = sent(id, "+15550111", "Grüße & mehr");
        var asked = provider.asked().getLast();
        assertEquals("POST /2010-04-01/Accounts/AC1/Messages.json", asked.method() + " " + asked.path());
        assertEquals("Basic " + Base64.getEncoder().encodeToString("AC1:secret-key".getBytes(StandardCharsets.UTF_8)), asked.headers().get("authorization"));
        assertEquals("Grüße & mehr", asked.form().get("Body"));
        assertEquals("+15550111 +15550100", asked.form().get("To") + " " + asked.form().get("From"));
        assertEquals("SENT", message.get("delivery").asText());
        assertEquals("SM" + made, message.get("provider_msg_id").asText());
        assertEquals("SMS OUT TWILIO User 101 Out", String.join(" ", message.get("msg_type").asText(), message.get("direction").asText(),
                message.get("brand").asText(), message.get("sender_name").asText(), message.get("channel_name").asText()));
    }

    @Test
    void an_sms_goes_out_as_telnyx_wants_it() throws Exception {
        var message = sent(sms("Out by Telnyx", telnyx), "+15550112", "Hello");
        var asked = provider.asked().getLast();
        assertEquals("Bearer secret-key", asked.headers().get("authorization"));
        assertEquals("+15550112", JSON.readTree(asked.body()).get("to").asText());
        assertEquals("SENT", message.get("delivery").asText());
    }

    @Test
    void a_whatsapp_message_goes_out_as_meta_wants_it() throws Exception {
        var message = sent(whatsApp("WA out"), "+15550113", "Hello");
        var asked = provider.asked().getLast();
        assertTrue(asked.path().endsWith("/10001/messages"), asked.path());
        assertEquals("{\"messaging_product\":\"whatsapp\",\"recipient_type\":\"individual\",\"to\":\"15550113\",\"type\":\"text\",\"text\":{\"body\":\"Hello\"}}",
                JSON.readTree(asked.body()).toString());
        assertEquals("WHATSAPP", message.get("msg_type").asText());
        assertTrue(message.get("provider_msg_id").asText().startsWith("wamid."));
    }

    @Test
    void what_the_provider_refuses_says_so_and_why() {
        var id = sms("Refused", twilio);
        provider.answers(_ -> new HttpDouble.Answer(401, "{\"message\": \"Authenticate\"}"));
        var message = sent(id, "+15550114", "x");
        assertEquals("ERR", message.get("delivery").asText());
        assertEquals("The provider answered 401: Authenticate", message.get("reason").asText());
        assertTrue(message.get("provider_msg_id").isNull());
        var unknown = sent(sms("Nobody's", trunk("No brand", "ACME")), "+15550114", "x");
        assertTrue(unknown.get("reason").asText().contains("does not know how to send by ACME"), unknown.toString());
        box.admin().post("/sms/" + id, "{\"credentials\": \"AC1:k\", \"enabled\": false}").expect(200);
        assertEquals(409, send(id, "+15550114", "x").status());
        assertEquals(Set.of("config_id unknown", "receiver pattern"), rules(send("nobody", "x", "x")));
    }

    @Test
    void a_signed_call_brings_a_message_once_to_who_wrote_last() throws Exception {
        var id = sms("In", twilio);
        sent(id, "+15550115", "Question?");
        var form = new TreeMap<>(Map.of("MessageSid", "SMin1", "From", "+15550115", "To", "+15550100", "Body", "Answer & more"));
        var body = form.entrySet().stream().map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        var webhook = webhook("/sms/" + id);
        var signature = hmac("HmacSHA1", "secret-key", webhook + form.entrySet().stream().map(field -> field.getKey() + field.getValue())
                .collect(Collectors.joining()), false);
        assertEquals(403, call(webhook, body, Map.of()).status());
        assertEquals(403, call(webhook, body + "&x=y", Map.of("X-Twilio-Signature", signature)).status());
        assertEquals(404, call(webhook.substring(0, webhook.length() - 1) + "g", body, Map.of("X-Twilio-Signature", signature)).status());
        for (int i = 0; i < 2; i++) {
            assertEquals(204, call(webhook, body, Map.of("X-Twilio-Signature", signature)).status());
        }
        var all = user.get("/user/external_messages?filter=" + encoded("sender eq '+15550115'")).expect(200);
        assertEquals(List.of("Answer & more"), each(all, "content"));
        assertEquals("IN RECV", all.at("/items/0/direction").asText() + " " + all.at("/items/0/delivery").asText());
    }

    @Test
    void a_call_tells_what_became_of_a_message() throws Exception {
        var id = sms("Became", telnyx);
        var message = sent(id, "+15550116", "x");
        var event = (ObjectNode) JSON.readTree("""
                {"data": {"event_type": "message.finalized", "payload": {"id": "%s", "to": [{"status": "delivered"}]}}}"""
                .formatted(message.get("provider_msg_id").asText()));
        assertEquals(204, call(webhook("/sms/" + id), event.toString(), Map.of()).status());
        assertEquals("DELIVERED", user.get("/user/external_messages/" + message.get("id").asText()).expect(200).get("delivery").asText());
        assertEquals(400, call(webhook("/sms/" + id), "{", Map.of()).status());
        assertEquals(204, call(webhook("/sms/" + id), "[]", Map.of()).status());
    }

    @Test
    void whatsapp_confirms_a_webhook_and_tells_by_it() throws Exception {
        var id = whatsApp("WA in");
        var webhook = webhook("/whatsapp/" + id);
        var path = webhook.substring(webhook.indexOf("/api/") + 4);
        assertEquals("1158201444", box.stranger().get(path + "?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=any").text());
        assertEquals(400, box.stranger().get(path + "?hub.challenge=" + encoded("<b>")).status());
        var body = """
                {"entry": [{"changes": [{"value": {"metadata": {"phone_number_id": "10001"}, "contacts": [{"profile": {"name": "Eve"}}],
                 "messages": [{"from": "15550117", "id": "wamid.in", "type": "text", "text": {"body": "Hi"}}]}},
                 {"value": {"metadata": {"phone_number_id": "another"}, "messages": [{"from": "1", "id": "other", "type": "text", "text": {"body": "No"}}]}}]}]}""";
        assertEquals(403, call(webhook, body, Map.of("X-Hub-Signature-256", "sha256=00")).status());
        assertEquals(204, call(webhook, body, Map.of("X-Hub-Signature-256", "sha256=" + hmac("HmacSHA256", "app-secret", body, true))).status());
        var all = box.admin().get("/external_messages?search=15550117").expect(200);
        assertEquals("Hi +15550117 Eve +15550200", String.join(" ", all.at("/items/0/content").asText(), all.at("/items/0/sender").asText(),
                all.at("/items/0/sender_name").asText(), all.at("/items/0/receiver").asText()));
        assertEquals(0, user.get("/user/external_messages?search=15550117").expect(200).get("count").asInt(), "nobody wrote to her");
        assertEquals(404, user.get("/user/external_messages/" + all.at("/items/0/id").asText()).status());
        box.admin().get("/external_messages/" + all.at("/items/0/id").asText()).expect(200);
        assertEquals(404, call(webhook.replace("/whatsapp/", "/sms/"), body, Map.of()).status());
    }

    @Test
    void channels_are_kept_without_telling_their_secrets() {
        var id = sms("Kept", twilio);
        var shown = box.admin().get("/sms/" + id).expect(200);
        assertEquals("Twilio trunk TWILIO sip.carrier.test", String.join(" ", shown.get("provider_name").asText(), shown.get("provider_brand").asText(),
                shown.get("provider_hostname").asText()));
        assertTrue(shown.get("webhook").asText().startsWith("https://box.test:"));
        box.admin().post("/sms/" + id, "{\"sender_id\": null, \"name\": \"Kept on\"}").expect(200);
        assertTrue(box.admin().get("/sms/" + id).expect(200).get("sender_id").isNull());
        assertEquals("SENT", sent(id, "+15550118", "still has its key").get("delivery").asText());
        var wa = whatsApp("Kept too");
        for (var told : List.of(box.admin().get("/sms").text(), box.admin().get("/whatsapp").text(), box.admin().get("/whatsapp/" + wa).text(),
                box.admin().get("/audit_logs").text())) {
            assertFalse(told.contains("secret-key") || told.contains("app-secret"), told);
        }
        assertEquals(List.of("Kept on"), each(box.admin().get("/sms?search=kept").expect(200), "name"));
        assertEquals(409, box.admin().post("/providers/" + twilio + "/destroy").status(), "the channels need it");
        box.admin().post("/sms/" + id + "/destroy").expect(204);
        box.admin().get("/sms/" + id).expect(404);
        assertEquals(1, box.admin().get("/external_messages?search=15550118").expect(200).get("count").asInt(), "its messages stay");
    }

    @Test
    void broken_rules_come_together() {
        assertEquals(Set.of("credentials required", "name required", "provider_id required"), rules(box.admin().post("/sms", "{}")));
        assertEquals(Set.of("provider_id unknown", "credentials format"), rules(box.admin().post("/sms", JSON.createObjectNode().put("name", "Wrong")
                .put("provider_id", "nobody").put("credentials", "{\"base_url\": \"http://elsewhere.test\"}"))));
        sms("Twice", twilio);
        assertEquals(409, box.admin().post("/sms", JSON.createObjectNode().put("name", "TWICE").put("provider_id", twilio).put("credentials", "a:b")).status());
    }

    @Test
    void users_may_not_see_channels_nor_others_messages() {
        for (var path : List.of("/sms", "/whatsapp", "/external_messages")) {
            assertEquals(403, user.get(path).status(), path);
        }
        assertEquals(403, user.post("/sms", "{\"name\": \"n\", \"provider_id\": \"p\", \"credentials\": \"c\"}").status());
        assertEquals(401, box.stranger().get("/user/external_messages").status());
    }
}
