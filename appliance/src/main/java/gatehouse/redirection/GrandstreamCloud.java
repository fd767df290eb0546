package gatehouse.redirection;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.Json;
import gatehouse.remote.RemoteApi;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Grandstream GDMS (its "GDMS API Guide"). A phone is claimed for a site by MAC and serial number, then given a settings file that holds its
 * provisioning address and nothing else: GDMS has no other place for an address of one phone.
 */
record GrandstreamCloud(Line line, Token token) implements Redirection {
    private static final String WRONG_SERIAL = "30010"; // seen for a serial number that is another phone's
    private static final String BOUNDARY = "gatehouse-settings";

    @Override
    public void check() throws Refusal {
        call("site/list", Json.object().put("pageNum", 1).put("pageSize", 10));
    }

    private JsonNode newToken() throws Refusal {
        var access = line.access();
        var form = RemoteApi.encoded(new TreeMap<>(Map.of("grant_type", "password", "username", access.username(), "password",
                Digests.hex("SHA-256", Digests.hex("MD5", access.password())), "client_id", access.account(), "client_secret", access.secret())));
        var raw = line.ask(line.to("/oauth/token").header("Content-Type", "application/x-www-form-urlencoded").POST(BodyPublishers.ofString(form)));
        return Line.tree(raw);
    }

    @Override
    public void tell(Target target) throws Refusal {
        var mac = spelled(target.mac());
        if (!isOurs(mac)) {
            claim(target, mac);
        }
        var address = target.folder().replaceFirst("^https?://", "");
        var xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gs_provision version=\"1\"><mac>" + target.mac() + "</mac><config version=\"1\"><P212>"
                + (target.folder().startsWith("https:") ? "2" : "1") + "</P212><P237>" + address + "</P237></config></gs_provision>\n";
        settings(mac, xml);
    }

    private void claim(Target target, String mac) throws Refusal {
        if (target.serial().isEmpty()) {
            throw new Refusal(Trouble.SERIAL, "GDMS takes no phone without its serial number.");
        }
        var list = Json.object().putArray("phones");
        var site = line.access().siteId();
        var phone = list.addObject().put("mac", mac).put("sn", target.serial());
        if (site.matches("\\d{1,18}")) {
            phone.put("siteId", Long.parseLong(site));
        } else {
            phone.put("siteId", site);
        }
        var data = call("device/add", list);
        var failed = data.path("errorDeviceList").path(0); // the whole may be well while the one is not
        if (!failed.isMissingNode() || data.path("failure").asInt() > 0) {
            throw refused(failed.path("errorMsg").asText("It added nothing."));
        }
    }

    @Override
    public void forget(String mac) throws Refusal {
        if (isOurs(spelled(mac))) {
            var body = Json.object();
            body.putArray("macList").add(spelled(mac));
            call("device/delete", body);
        }
    }

    /** Phones of other accounts are not seen. */
    private boolean isOurs(String mac) throws Refusal {
        for (var one : call("device/list", Json.object().put("mac", mac).put("pageNum", 1).put("pageSize", 10)).path("result")) {
            if (one.path("mac").asText().equalsIgnoreCase(mac)) {
                return true;
            }
        }
        return false;
    }

    private static String spelled(String mac) {
        return mac.toUpperCase(Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
    }

    private JsonNode call(String what, JsonNode body) throws Refusal {
        var text = body.toString();
        return answer(current -> signed(current, what, Digests.hex("SHA-256", text) + "&", Map.of()).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(text)));
    }

    /** A file goes as a form, whose fields are signed in place of the body: the file by its MD5. */
    private void settings(String mac, String xml) throws Refusal {
        var form = part("mac", "") + mac + "\r\n" + part("xml", "; filename=\"cfg.xml\"\r\nContent-Type: text/xml") + xml + "\r\n--" + BOUNDARY + "--\r\n";
        answer(current -> signed(current, "device/config/xml", "", Map.of("mac", mac, "xml", Digests.hex("MD5", xml)))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY).POST(BodyPublishers.ofByteArray(form.getBytes(StandardCharsets.UTF_8))));
    }

    private static String part(String name, String more) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\"" + more + "\r\n\r\n";
    }

    private interface Request {
        HttpRequest.Builder made(String token) throws Refusal;
    }

    /** Tried once more with a new token, where the old one ended early. */
    private JsonNode answer(Request request) throws Refusal {
        var current = token.value(this::newToken);
        try {
            return once(request.made(current));
        } catch (Refusal e) {
            if (e.trouble() != Trouble.CREDENTIALS) {
                throw e;
            }
            token.forget();
            return once(request.made(token.value(this::newToken)));
        }
    }

    private JsonNode once(HttpRequest.Builder request) throws Refusal {
        var answer = Line.tree(line.ask(request));
        if (!answer.path("retCode").isNumber()) {
            throw Line.unclear();
        }
        if (answer.get("retCode").asInt() != 0) {
            throw refused(answer.path("msg").asText("It answered " + answer.get("retCode").asInt() + "."));
        }
        return answer.path("data");
    }

    private static Refusal refused(String words) {
        var trouble = words.equals(WRONG_SERIAL) || words.matches("(?i).*\\b(sn|serial)\\b.*") ? Trouble.SERIAL
                : words.matches("(?i).*(token|signature).*") ? Trouble.CREDENTIALS
                : words.matches("(?i).*(bound|exist|other).*") && !words.matches("(?i).*not exist.*") ? Trouble.TAKEN : Trouble.REJECTED;
        return new Refusal(trouble, words);
    }

    private HttpRequest.Builder signed(String current, String what, String ofBody, Map<String, String> fields) throws Refusal {
        var access = line.access();
        var all = new TreeMap<>(fields);
        var now = line.millis();
        all.putAll(Map.of("access_token", current, "timestamp", now, "client_id", access.account(), "client_secret", access.secret()));
        var text = new StringBuilder("&");
        all.forEach((name, value) -> text.append(name).append('=').append(value).append('&'));
        var signature = Digests.hex("SHA-256", text + ofBody);
        return line.to("/v1.0.0/" + what + "?" + RemoteApi.encoded(new TreeMap<>(Map.of("access_token", current, "timestamp", now, "signature", signature))));
    }
}
