package gatehouse.messaging;

import gatehouse.api.Json;
import gatehouse.messaging.Message.Delivery;
import gatehouse.remote.RemoteApi;
import gatehouse.remote.RemoteFailure;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Telnyx' messages, version 2. Its webhooks are known by their address, which nobody can guess. */
record Telnyx(RemoteApi remote) implements Gateway {
    private static final String BASE = "https://api.telnyx.com";

    @Override
    public String send(Channel channel, String to, String text, String webhook) throws RemoteFailure {
        var request = RemoteApi.to(channel.access().base(BASE) + "/v2/messages").header("Authorization", "Bearer " + channel.access().key());
        var reply = remote.postJson(request, Json.object().put("from", channel.number()).put("to", to).put("text", text).put("webhook_url", webhook));
        return Twilio.accepted(reply, reply.body().at("/data/id"), reply.body().at("/errors/0/detail"));
    }

    @Override
    public List<News> read(Channel channel, Told told) {
        var event = Json.parse(new String(told.body(), StandardCharsets.UTF_8)).path("data");
        var message = event.path("payload");
        var id = message.path("id").asText("");
        return switch (event.path("event_type").asText("")) {
            case "message.received" -> List.of(new News.Came(id, message.at("/from/phone_number").asText(""), null,
                    message.at("/to/0/phone_number").asText(channel.number()), message.path("text").asText("")));
            case "message.finalized" -> {
                var status = message.at("/to/0/status").asText("");
                yield status.equals("delivered") ? List.of(new News.Became(id, Delivery.DELIVERED, null))
                        : status.endsWith("failed") ? List.of(new News.Became(id, Delivery.ERR, "The provider says " + status + ".")) : List.of();
            }
            default -> List.of();
        };
    }
}
