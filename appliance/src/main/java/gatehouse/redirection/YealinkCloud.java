package gatehouse.redirection;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.Json;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Yealink's management cloud, API version 2: client credentials (RFC 6749 4.4), phones by MAC alone where the account may, else with serial number. */
record YealinkCloud(Line line, Token token) implements Redirection {
    @Override
    public void check() throws Refusal {
        token.value(this::newToken);
    }

    private JsonNode newToken() throws Refusal {
        var access = line.access();
        return Line.tree(line.ask(post("/v2/token", Line.basic(access.account(), access.secret()),
                Json.object().put("grant_type", "client_credentials"))));
    }

    private HttpRequest.Builder post(String path, String authorization, JsonNode body) throws Refusal {
        return line.to(path).header("Authorization", authorization).header("Content-Type", "application/json").header("timestamp", line.millis())
                .header("nonce", line.ids().text(32)).POST(BodyPublishers.ofString(body.toString()));
    }

    private JsonNode call(String path, JsonNode body) throws Refusal {
        var current = token.value(this::newToken);
        try {
            return once(path, body, current);
        } catch (Refusal e) {
            if (e.trouble() != Trouble.CREDENTIALS) {
                throw e;
            }
            token.forget(); // it may have ended early
            return once(path, body, token.value(this::newToken));
        }
    }

    private JsonNode once(String path, JsonNode body, String current) throws Refusal {
        var raw = line.ask(post(path, "Bearer " + current, body));
        var answer = Line.tree(raw);
        if (raw.status() / 100 != 2) {
            throw refused(answer.path("message").asText(answer.path("code").asText("It answered " + raw.status() + ".")));
        }
        return answer;
    }

    private static Refusal refused(String words) {
        return new Refusal(words.matches("(?i).*\\bsn\\b.*|.*serial.*") ? Trouble.SERIAL : isTaken(words) ? Trouble.TAKEN : Trouble.REJECTED, words);
    }

    private static boolean isTaken(String words) {
        return words.matches("(?i).*(exist|other|belong).*") && !words.matches("(?i).*not exist.*");
    }

    /** Ours is taken away first: there is no call that changes one. Whose phone is still there then is somebody else's. */
    @Override
    public void tell(Target target) throws Refusal {
        forget(target.mac());
        var phone = Json.object().put("mac", target.mac()).put("uniqueServerUrl", target.folder());
        if (!target.serial().isEmpty()) {
            call("/v2/rps/devices", phone.put("sn", target.serial()));
            return;
        }
        var answer = call("/v2/rps/addDevicesByMac", Json.object().putArray("phones").add(phone));
        if (answer.path("successCount").asInt() == 0) {
            throw refused(answer.path("errors").path(0).path("errorInfo").asText("It added nothing."));
        }
    }

    @Override
    public void forget(String mac) throws Refusal {
        var filter = Json.object().put("skip", 0).put("limit", 10).put("autoCount", false);
        filter.putObject("filter").put("mac", mac);
        for (var one : call("/v2/rps/listDevices", filter).path("data")) {
            if (one.path("mac").asText().replaceAll("[:\\-]", "").equalsIgnoreCase(mac)) {
                var body = Json.object().put("deviceIdType", "mac");
                body.putArray("deviceIds").add(mac);
                var answer = call("/v2/rps/delDevices", body);
                if (answer.path("failureCount").asInt() > 0) {
                    throw new Refusal(Trouble.REJECTED, answer.path("errors").path(0).path("msg").asText("It did not remove the phone."));
                }
            }
        }
    }
}
