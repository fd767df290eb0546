package gatehouse.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.Json;
import gatehouse.messaging.Message.Delivery;
import gatehouse.remote.RemoteApi;
import gatehouse.remote.RemoteFailure;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** WhatsApp's Cloud API. Its webhooks are signed with the app's secret, which is checked where the box was told it. */
record WhatsApp(RemoteApi remote) implements Gateway {
    private static final String BASE = "https://graph.facebook.com";
    private static final String VERSION = "/v21.0/";

    @Override
    public String send(Channel channel, String to, String text, String webhook) throws RemoteFailure {
        var request = RemoteApi.to(channel.access().base(BASE) + VERSION + RemoteApi.encoded(channel.number()) + "/messages")
                .header("Authorization", "Bearer " + channel.access().key());
        var body = Json.object().put("messaging_product", "whatsapp").put("recipient_type", "individual").put("to", to.replace("+", "")).put("type", "text");
        body.putObject("text").put("body", text);
        var reply = remote.postJson(request, body);
        return Twilio.accepted(reply, reply.body().at("/messages/0/id"), reply.body().at("/error/message"));
    }

    @Override
    public List<News> read(Channel channel, Told told) throws NotTheirs {
        if (channel.access().appSecret().isPresent()
                && !Twilio.same(told.headers().getOrDefault("x-hub-signature-256", ""), signed(channel.access().appSecret().get(), told.body()))) {
            throw new NotTheirs("This is not signed with the app's secret.");
        }
        var news = new ArrayList<News>();
        for (var entry : Json.parse(new String(told.body(), StandardCharsets.UTF_8)).path("entry")) {
            for (var change : entry.path("changes")) {
                if (change.at("/value/metadata/phone_number_id").asText("").equals(channel.number())) { // one app may have several numbers
                    read(channel, change.get("value"), news);
                }
            }
        }
        return news;
    }

    private static void read(Channel channel, JsonNode value, List<News> news) {
        var name = value.at("/contacts/0/profile/name").textValue();
        for (var message : value.path("messages")) {
            var text = message.at("/text/body").asText("[" + message.path("type").asText("unknown") + "]"); // pictures and such are not kept
            news.add(new News.Came(message.path("id").asText(""), "+" + message.path("from").asText(""), name, channel.shown(), text));
        }
        for (var status : value.path("statuses")) {
            var id = status.path("id").asText("");
            switch (status.path("status").asText("")) {
                case "delivered", "read" -> news.add(new News.Became(id, Delivery.DELIVERED, null));
                case "failed" -> news.add(new News.Became(id, Delivery.ERR, status.at("/errors/0/title").asText("The provider says failed.")));
                default -> { }
            }
        }
    }

    static String signed(String secret, byte[] body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "sha256=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
