package gatehouse.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.messaging.Message.Delivery;
import gatehouse.remote.RemoteApi;
import gatehouse.remote.RemoteFailure;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Twilio's Messages resource, and its webhooks: forms signed with the account's token. */
record Twilio(RemoteApi remote) implements Gateway {
    private static final String BASE = "https://api.twilio.com";

    @Override
    public String send(Channel channel, String to, String text, String webhook) throws RemoteFailure {
        var access = channel.access();
        var request = RemoteApi.to(access.base(BASE) + "/2010-04-01/Accounts/" + RemoteApi.encoded(access.account()) + "/Messages.json")
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString((access.account() + ":" + access.key()).getBytes(StandardCharsets.UTF_8)));
        var reply = remote.postForm(request, new TreeMap<>(Map.of("To", to, "From", channel.number(), "Body", text, "StatusCallback", webhook)));
        return accepted(reply, reply.body().path("sid"), reply.body().path("message"));
    }

    static String accepted(RemoteApi.Reply reply, JsonNode id, JsonNode why) throws RemoteFailure {
        if (!reply.isOk() || !id.isTextual()) {
            throw new RemoteFailure("The provider answered " + reply.status() + (why.isTextual() ? ": " + why.textValue() : "."));
        }
        return id.textValue();
    }

    @Override
    public List<News> read(Channel channel, Told told) throws NotTheirs {
        var form = new TreeMap<String, String>();
        for (var pair : new String(told.body(), StandardCharsets.UTF_8).split("&")) {
            var equals = pair.indexOf('=');
            if (equals > 0) {
                form.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        var signature = told.headers().getOrDefault("x-twilio-signature", "");
        if (told.urls().stream().noneMatch(url -> same(signature, signed(channel.access().key(), url, form)))) {
            throw new NotTheirs("This is not signed with the account's token.");
        }
        var id = form.getOrDefault("MessageSid", "");
        if (form.containsKey("MessageStatus")) {
            return switch (form.get("MessageStatus")) {
                case "delivered" -> List.of(new News.Became(id, Delivery.DELIVERED, null));
                case "failed", "undelivered" -> List.of(new News.Became(id, Delivery.ERR, "The provider says " + form.get("MessageStatus")
                        + (form.containsKey("ErrorCode") ? " (" + form.get("ErrorCode") + ")." : ".")));
                default -> List.of();
            };
        }
        return form.containsKey("From") ? List.of(new News.Came(id, form.get("From"), null, form.getOrDefault("To", channel.number()),
                form.getOrDefault("Body", ""))) : List.of();
    }

    /** Over the address and then each field's name and value, by name. */
    static String signed(String token, String url, TreeMap<String, String> form) {
        try {
            var mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(token.isEmpty() ? new byte[1] : token.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            var text = new StringBuilder(url);
            form.forEach((name, value) -> text.append(name).append(value));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}
