package gatehouse.redirection;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.Json;
import gatehouse.testkit.HttpDouble;
import gatehouse.testkit.HttpDouble.Answer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Yealink's JSON services. */
final class YealinkDoubles {
    private YealinkDoubles() {
    }

    /** RPS by access key: refuses a wrong signature, a changed body and a nonce it has seen. */
    static final class Keyed extends ServiceDouble {
        private final Map<String, String> servers = new ConcurrentHashMap<>();
        private final Set<String> nonces = ConcurrentHashMap.newKeySet();

        @Override
        Service service() {
            return Service.YEALINK_RPS;
        }

        @Override
        Answer answer(HttpDouble.Asked asked) {
            try {
                if (!isSigned(asked)) {
                    return refused("token.unauthorized");
                }
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
            var path = asked.path().replaceFirst("\\?.*", "");
            var body = asked.body().isEmpty() ? Json.object() : Json.parse(asked.body());
            return switch (path) {
                case "/api/open/v1/device/checkMac" -> state(asked.path().replaceFirst(".*mac=", ""));
                case "/api/open/v1/server/list" -> listed(servers, body.get("key").asText(), "serverName");
                case "/api/open/v1/server/add" -> {
                    servers.put(body.get("serverName").asText(), body.get("url").asText());
                    yield ok("{\"id\": \"id-" + body.get("serverName").asText() + "\"}");
                }
                case "/api/open/v1/device/list" -> listed(phones, body.get("key").asText(), "mac");
                case "/api/open/v1/device/add" -> added(body);
                case "/api/open/v1/device/edit" -> {
                    phones.put(body.get("id").asText().replace("id-", ""), body.get("uniqueServerUrl").asText());
                    yield ok("null");
                }
                case "/api/open/v1/device/delete" -> {
                    body.get("ids").forEach(id -> phones.remove(id.asText().replace("id-", "")));
                    yield new Answer(200, "{\"ret\": 0, \"data\": null, \"error\": null}");
                }
                default -> new Answer(404, "");
            };
        }

        private boolean isSigned(HttpDouble.Asked asked) throws GeneralSecurityException {
            var headers = new TreeMap<String, String>();
            for (var name : new String[] {"X-Ca-Key", "X-Ca-Nonce", "X-Ca-Timestamp", "Content-MD5"}) {
                if (asked.headers().containsKey(name.toLowerCase(java.util.Locale.ROOT))) {
                    headers.put(name, asked.headers().get(name.toLowerCase(java.util.Locale.ROOT)));
                }
            }
            var question = asked.path().indexOf('?');
            var path = question < 0 ? asked.path() : asked.path().substring(0, question);
            var text = new StringBuilder(asked.method() + "\n");
            headers.forEach((name, value) -> text.append(name + ":" + value + "\n"));
            text.append(path.substring(1)).append(question < 0 ? "" : "\n" + asked.path().substring(question + 1));
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            var right = Base64.getEncoder().encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
            var digest = Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(asked.body().getBytes(StandardCharsets.UTF_8)));
            return right.equals(asked.headers().get("x-ca-signature")) && ACCOUNT.equals(headers.get("X-Ca-Key"))
                    && (asked.body().isEmpty() || digest.equals(headers.get("Content-MD5"))) && headers.get("X-Ca-Timestamp").matches("\\d{13}")
                    && nonces.add(headers.get("X-Ca-Nonce"));
        }

        private Answer state(String mac) {
            var mine = phones.containsKey(mac);
            return ok("{\"existed\": " + (mine || others.contains(mac)) + ", \"self\": " + (mine ? "true" : others.contains(mac) ? "false" : "null") + "}");
        }

        private static Answer listed(Map<String, String> all, String key, String field) {
            var data = Json.object();
            var list = data.putArray("data");
            all.keySet().stream().filter(name -> name.contains(key)).forEach(name -> list.addObject().put("id", "id-" + name).put(field, name));
            return ok(data.toString());
        }

        private Answer added(JsonNode body) {
            var mac = body.get("macs").get(0).asText();
            if (others.contains(mac)) {
                return refused("device.mac.added.by.other");
            }
            if (phones.containsKey(mac) || !servers.containsKey(body.get("serverId").asText().replaceFirst("id-", ""))) {
                return refused("device.mac.existed");
            }
            phones.put(mac, body.get("uniqueServerUrl").asText());
            return ok("[]");
        }

        private static Answer ok(String data) {
            return new Answer(200, "{\"ret\": 1, \"data\": " + data + ", \"error\": null}");
        }

        private static Answer refused(String key) {
            return new Answer(200, "{\"ret\": -1, \"data\": null, \"error\": {\"msg\": \"" + key + "\", \"errorCode\": 409, \"fieldErrors\": []}}");
        }
    }

    /** The management cloud, version 2: a token for client credentials; phones with and without serial number. */
    static final class Cloud extends ServiceDouble {
        volatile String token = "ymcs-token-1";

        @Override
        Service service() {
            return Service.YEALINK_YMCS;
        }

        @Override
        Answer answer(HttpDouble.Asked asked) {
            var authorization = asked.headers().getOrDefault("authorization", "");
            var body = Json.parse(asked.body());
            if (asked.path().equals("/v2/token")) {
                var right = "Basic " + Base64.getEncoder().encodeToString((ACCOUNT + ":" + SECRET).getBytes(StandardCharsets.UTF_8));
                return right.equals(authorization) && body.get("grant_type").asText().equals("client_credentials")
                        ? new Answer(200, "{\"access_token\": \"" + token + "\", \"token_type\": \"Bearer\", \"expires_in\": 7200}")
                        : new Answer(401, "{\"error\": \"invalid_client\"}");
            }
            if (!authorization.equals("Bearer " + token) || !asked.headers().getOrDefault("timestamp", "").matches("\\d{13}")
                    || !asked.headers().getOrDefault("nonce", "").matches("\\w{32}")) {
                return new Answer(401, "{\"code\": \"900401\"}");
            }
            return switch (asked.path()) {
                case "/v2/rps/listDevices" -> {
                    var mac = body.get("filter").get("mac").asText();
                    yield new Answer(200, phones.containsKey(mac) ? "{\"data\": [{\"id\": \"x\", \"mac\": \"" + mac + "\"}]}" : "{\"data\": []}");
                }
                case "/v2/rps/delDevices" -> {
                    body.get("deviceIds").forEach(mac -> phones.remove(mac.asText()));
                    yield new Answer(200, "{\"total\": 1, \"successCount\": 1, \"failureCount\": 0, \"errors\": []}");
                }
                case "/v2/rps/addDevicesByMac" -> added(body.get(0)) ? new Answer(200, "{\"total\": 1, \"successCount\": 1, \"failureCount\": 0, \"errors\": []}")
                        : new Answer(200, "{\"total\": 1, \"successCount\": 0, \"failureCount\": 1, \"errors\": [{\"errorInfo\": \"Device already exists\"}]}");
                case "/v2/rps/devices" -> !body.get("sn").asText().equals("SN" + body.get("mac").asText())
                        ? new Answer(400, "{\"code\": \"800001\", \"message\": \"The SN does not match\"}")
                        : added(body) ? new Answer(201, "{\"id\": \"x\"}") : new Answer(409, "{\"code\": \"800003\", \"message\": \"Device already exists\"}");
                default -> new Answer(404, "{}");
            };
        }

        private boolean added(JsonNode phone) {
            var mac = phone.get("mac").asText();
            return !others.contains(mac) && phones.putIfAbsent(mac, phone.get("uniqueServerUrl").asText()) == null;
        }
    }
}
