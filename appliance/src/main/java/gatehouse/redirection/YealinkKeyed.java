package gatehouse.redirection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.remote.RemoteApi;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Yealink RPS by access key ("Json API for RPS Management Platform"): each request is signed over method, its own headers and path. */
record YealinkKeyed(Line line) implements Redirection {
    private static final String API = "/api/open/v1/";
    private static final int PAGE = 100;

    @Override
    public void check() throws Refusal {
        get("device/checkMac", "mac", "000000000000");
    }

    @Override
    public void tell(Target target) throws Refusal {
        var isOurs = isOurs(target.mac());
        var body = Json.object().put("serverId", server(target.starter())).put("uniqueServerUrl", target.folder());
        if (isOurs) {
            post("device/edit", body.put("id", device(target.mac()).path("id").asText()));
        } else {
            body.putArray("macs").add(target.mac());
            post("device/add", body);
        }
    }

    @Override
    public void forget(String mac) throws Refusal {
        try {
            if (!isOurs(mac)) {
                return;
            }
        } catch (Refusal e) {
            if (e.trouble() == Trouble.TAKEN) {
                return;
            }
            throw e;
        }
        var body = Json.object();
        body.putArray("ids").add(device(mac).path("id").asText());
        post("device/delete", body);
    }

    private boolean isOurs(String mac) throws Refusal {
        var state = get("device/checkMac", "mac", mac);
        if (state.path("existed").asBoolean() && !state.path("self").asBoolean()) {
            throw new Refusal(Trouble.TAKEN, "Another enterprise has it.");
        }
        return state.path("existed").asBoolean();
    }

    private JsonNode device(String mac) throws Refusal {
        return found("device/list", mac, "mac", mac);
    }

    /** The entry whose {@code field} is {@code value}: the service's search finds what is alike, too. */
    private JsonNode found(String list, String key, String field, String value) throws Refusal {
        for (var one : post(list, Json.object().put("key", key).put("skip", 0).put("limit", PAGE)).path("data")) {
            if (one.path(field).asText().replaceAll("[:\\-]", "").equalsIgnoreCase(value.replaceAll("[:\\-]", ""))) {
                return one;
            }
        }
        return MissingNode.getInstance();
    }

    /** Every device hangs on a server there; ours holds the address without a secret, each phone's own address wins. */
    private String server(String starter) throws Refusal {
        var name = line.sharedName();
        var known = found("server/list", name, "serverName", name).path("id").asText("");
        return known.isEmpty() ? post("server/add", Json.object().put("serverName", name).put("url", starter)).path("id").asText("") : known;
    }

    private JsonNode get(String what, String name, String value) throws Refusal {
        var request = line.to(API + what + "?" + name + "=" + RemoteApi.encoded(value));
        signed("GET", what, "", name + "=" + value).forEach(request::header);
        return data(Line.tree(line.ask(request.GET())));
    }

    private JsonNode post(String what, ObjectNode body) throws Refusal {
        var text = body.toString();
        var request = line.to(API + what).header("Content-Type", "application/json;charset=UTF-8");
        signed("POST", what, text, "").forEach(request::header);
        return data(Line.tree(line.ask(request.POST(BodyPublishers.ofString(text)))));
    }

    private Map<String, String> signed(String method, String what, String body, String query) {
        var headers = new TreeMap<String, String>();
        headers.put("X-Ca-Key", line.access().account());
        headers.put("X-Ca-Nonce", line.ids().text(32));
        headers.put("X-Ca-Timestamp", line.millis());
        if (!body.isEmpty()) {
            headers.put("Content-MD5", Digests.base64(Digests.digest("MD5", body.getBytes(StandardCharsets.UTF_8))));
        }
        var text = new StringBuilder(method).append('\n');
        headers.forEach((name, value) -> text.append(name).append(':').append(value).append('\n'));
        text.append(API.substring(1)).append(what).append(query.isEmpty() ? "" : "\n" + query);
        headers.put("X-Ca-Signature", Digests.signed(line.access().secret(), text.toString()));
        return headers;
    }

    /** {@code ret} is negative for a refusal, whose key is in {@code error.msg} or that of a field. */
    private static JsonNode data(JsonNode answer) throws Refusal {
        if (!answer.path("ret").isNumber()) {
            throw Line.unclear();
        }
        if (answer.get("ret").asInt() >= 0) {
            return answer.path("data");
        }
        var error = answer.path("error").isObject() ? answer.get("error") : answer.path("errors");
        var code = error.path("msg").asText(error.path("fieldErrors").path(0).path("msg").asText("refused without a reason"));
        throw new Refusal(switch (code) {
            case "device.mac.added.by.other", "device.operate.forbidden" -> Trouble.TAKEN;
            case String other when other.startsWith("token.") || other.contains("signature") -> Trouble.CREDENTIALS;
            default -> Trouble.REJECTED;
        }, code);
    }
}
