package gatehouse.messaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.remote.RemoteApi;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * What the contract keeps as one text: the key alone, {@code account:key}, or a JSON object with {@code account}, {@code key},
 * {@code app_secret} (WhatsApp signs with it) and {@code base_url} (a provider's other region).
 */
record Credentials(String account, String key, Optional<String> appSecret, Optional<String> baseUrl) {
    /** Empty when it begins like JSON and is none, or names an address the box does not talk to. */
    static Optional<Credentials> of(String text) {
        var plain = text.strip();
        if (!plain.startsWith("{")) {
            var colon = plain.indexOf(':');
            return Optional.of(new Credentials(colon < 0 ? "" : plain.substring(0, colon), plain.substring(colon + 1), Optional.empty(), Optional.empty()));
        }
        try {
            return Json.parse(plain) instanceof ObjectNode json && isSound(json) ? Optional.of(new Credentials(json.path("account").asText(""),
                    json.path("key").asText(""), text(json, "app_secret"), text(json, "base_url"))) : Optional.empty();
        } catch (UncheckedIOException notJson) {
            return Optional.empty();
        }
    }

    private static boolean isSound(ObjectNode json) {
        return text(json, "base_url").map(RemoteApi::allows).orElse(true);
    }

    private static Optional<String> text(ObjectNode json, String field) {
        return Optional.ofNullable(json.path(field).textValue()).filter(text -> !text.isBlank());
    }

    String base(String usual) {
        return baseUrl.map(url -> url.endsWith("/") ? url.substring(0, url.length() - 1) : url).orElse(usual);
    }

    @Override
    public String toString() {
        return "Credentials of " + account;
    }
}
