package gatehouse.redirection;

import gatehouse.api.Json;
import gatehouse.testkit.HttpDouble;
import gatehouse.testkit.HttpDouble.Answer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Grandstream GDMS: the owner's password digested, each call signed, a phone claimed with its own serial number, settings as a file. */
final class GdmsDouble extends ServiceDouble {
    private static final Pattern FILE = Pattern.compile("(?s)name=\"mac\"\r\n\r\n([^\r]+)\r\n.*name=\"xml\"; filename=\"[^\"]+\"\r\nContent-Type: text/xml\r\n\r\n(.*)\r\n--");
    private static final Pattern SETTINGS = Pattern.compile("<P212>(\\d)</P212><P237>([^<]+)</P237></config></gs_provision>");
    volatile String token = "gdms-token-1";
    /** The file each phone was given. */
    final Map<String, String> files = new ConcurrentHashMap<>();

    @Override
    Service service() {
        return Service.GRANDSTREAM_GDMS;
    }

    @Override
    String base() {
        return http.url() + "/oapi";
    }

    private static String hex(String algorithm, String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    Answer answer(HttpDouble.Asked asked) {
        if (asked.path().equals("/oapi/oauth/token")) {
            var form = asked.form();
            var right = Map.of("grant_type", "password", "username", USERNAME, "password", hex("SHA-256", hex("MD5", PASSWORD)), "client_id", ACCOUNT,
                    "client_secret", SECRET);
            return form.equals(right) ? new Answer(200, "{\"access_token\": \"" + token + "\", \"refresh_token\": \"r\", \"expires_in\": 3600}")
                    : new Answer(400, "{\"error\": \"invalid_grant\", \"error_description\": \"Bad credentials\"}");
        }
        var query = new TreeMap<String, String>();
        for (var pair : asked.path().substring(asked.path().indexOf('?') + 1).split("&")) {
            query.put(pair.substring(0, pair.indexOf('=')), URLDecoder.decode(pair.substring(pair.indexOf('=') + 1), StandardCharsets.UTF_8));
        }
        if (!token.equals(query.get("access_token"))) {
            return new Answer(200, "{\"retCode\": 40004, \"msg\": \"access_token is invalid or expired\"}");
        }
        var file = FILE.matcher(asked.body());
        var isFile = asked.path().contains("device/config/xml?");
        if (isFile && !file.find() || !right(query, isFile ? file : null, asked.body()).equals(query.get("signature"))) {
            return new Answer(200, "{\"retCode\": 40002, \"msg\": \"signature error\"}");
        }
        return isFile ? settings(file) : called(asked.path().replaceFirst("\\?.*", ""), asked.body());
    }

    private String right(Map<String, String> query, Matcher file, String body) {
        var signed = new TreeMap<>(Map.of("access_token", token, "timestamp", query.get("timestamp"), "client_id", ACCOUNT, "client_secret", SECRET));
        if (file != null) {
            signed.put("mac", file.group(1));
            signed.put("xml", hex("MD5", file.group(2)));
        }
        var text = new StringBuilder("&");
        signed.forEach((name, value) -> text.append(name + "=" + value + "&"));
        return hex("SHA-256", text + (file == null ? hex("SHA-256", body) + "&" : ""));
    }

    private static String plain(String mac) {
        if (!mac.matches("([0-9A-F]{2}:){5}[0-9A-F]{2}")) {
            throw new AssertionError("GDMS writes MACs with colons, not " + mac);
        }
        return mac.replace(":", "").toLowerCase(Locale.ROOT);
    }

    private Answer settings(Matcher file) {
        var mac = plain(file.group(1));
        var found = SETTINGS.matcher(file.group(2));
        if (!phones.containsKey(mac) || !found.find()) {
            return new Answer(200, "{\"retCode\": 10013, \"msg\": \"The device does not exist\"}");
        }
        files.put(mac, file.group(2));
        phones.put(mac, (found.group(1).equals("2") ? "https://" : "http://") + found.group(2));
        return new Answer(200, "{\"retCode\": 0, \"msg\": \"\", \"data\": {}}");
    }

    private Answer called(String path, String text) {
        var body = Json.parse(text);
        return switch (path) {
            case "/oapi/v1.0.0/site/list" -> new Answer(200, "{\"retCode\": 0, \"data\": {\"result\": [{\"id\": 3345}]}}");
            case "/oapi/v1.0.0/device/list" -> new Answer(200, "{\"retCode\": 0, \"data\": {\"result\": [" + (phones.containsKey(plain(body.get("mac").asText()))
                    ? "{\"mac\": \"" + body.get("mac").asText() + "\"}" : "") + "]}}");
            case "/oapi/v1.0.0/device/add" -> {
                var one = body.get(0);
                var mac = plain(one.get("mac").asText());
                if (!one.get("sn").asText().equals("SN" + mac) || !one.get("siteId").isNumber()) {
                    yield new Answer(200, "{\"retCode\": 0, \"data\": {\"total\": 1, \"success\": 0, \"failure\": 1, \"errorDeviceList\": [{\"errorMsg\": \"30010\"}]}}");
                }
                if (others.contains(mac)) {
                    yield new Answer(200, "{\"retCode\": 10003, \"msg\": \"device bound to another account\"}");
                }
                phones.put(mac, "");
                yield new Answer(200, "{\"retCode\": 0, \"data\": {\"total\": 1, \"success\": 1, \"failure\": 0}}");
            }
            case "/oapi/v1.0.0/device/delete" -> {
                body.get("macList").forEach(mac -> phones.remove(plain(mac.asText())));
                yield new Answer(200, "{\"retCode\": 0, \"msg\": \"\"}");
            }
            default -> new Answer(404, "{}");
        };
    }
}
