package gatehouse.redirection;

import gatehouse.api.Json;
import gatehouse.testkit.HttpDouble;
import gatehouse.testkit.HttpDouble.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Snom SRAPS: refuses what is not signed by Hawk over method, address and body, and a nonce it has seen. */
final class SrapsDouble extends ServiceDouble {
    private static final Pattern PART = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private final Set<String> nonces = ConcurrentHashMap.newKeySet();
    /** What the company's link leads to; elsewhere, to see whether the box follows. */
    volatile String companyLink = "";

    @Override
    Service service() {
        return Service.SNOM_SRAPS;
    }

    @Override
    Answer answer(HttpDouble.Asked asked) {
        try {
            if (!isSigned(asked)) {
                return new Answer(401, "{\"message\": \"Bad mac\"}", Map.of("WWW-Authenticate", "Hawk error=\"Bad mac\""));
            }
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
        var company = base() + "/companies/c1";
        if (asked.path().startsWith("/companies/c1/endpoints/")) {
            return endpoint(asked, asked.path().substring("/companies/c1/endpoints/".length()));
        }
        return switch (asked.path()) {
            case "/tokens/" + ACCOUNT -> new Answer(200, "{\"links\": {\"company\": \"" + (companyLink.isEmpty() ? company : companyLink) + "\"}}");
            case "/companies/c1" -> new Answer(200, "{\"name\": \"Box Inc\", \"links\": {\"endpoints\": \"" + company + "/endpoints/\"}}");
            case "/settings/?page_size=1000" -> new Answer(200, "[{\"uuid\": \"u-0\", \"param_name\": \"language\"}]",
                    Map.of("Link", "<" + base() + "/settings/?page=1>; rel=\"first\", <" + base() + "/settings/?page=2>; rel=\"next\""));
            case "/settings/?page=2" -> new Answer(200, "[{\"uuid\": \"u-1\", \"param_name\": \"setting_server\"}]");
            default -> new Answer(404, "{\"message\": \"Not found\"}");
        };
    }

    private Answer endpoint(HttpDouble.Asked asked, String mac) {
        if (others.contains(mac)) {
            return new Answer(403, "{\"message\": \"The endpoint belongs to another company\"}");
        }
        if (asked.method().equals("DELETE")) {
            return phones.remove(mac) == null ? new Answer(404, "{\"message\": \"Not found\"}") : new Answer(204, "");
        }
        var body = Json.parse(asked.body());
        if (!asked.method().equals("PUT") || !body.path("mac").asText().equals(mac) || !body.path("autoprovisioning_enabled").asBoolean()) {
            return new Answer(400, "{\"message\": \"Malformed\"}");
        }
        phones.put(mac, body.at("/settings_manager/u-1/value").asText());
        return new Answer(200, "{}");
    }

    private boolean isSigned(HttpDouble.Asked asked) throws GeneralSecurityException {
        var parts = new ConcurrentHashMap<String, String>();
        PART.matcher(asked.headers().getOrDefault("authorization", "")).results().forEach(found -> parts.put(found.group(1), found.group(2)));
        if (!asked.headers().getOrDefault("authorization", "").startsWith("Hawk ") || !ACCOUNT.equals(parts.get("id"))) {
            return false;
        }
        var hash = "";
        if (!asked.body().isEmpty()) {
            var payload = "hawk.1.payload\n" + asked.headers().get("content-type") + "\n" + asked.body() + "\n";
            hash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(payload.getBytes(StandardCharsets.UTF_8)));
        }
        var host = URI.create(base());
        var text = "hawk.1.header\n" + parts.get("ts") + "\n" + parts.get("nonce") + "\n" + asked.method() + "\n" + asked.path() + "\n" + host.getHost() + "\n"
                + host.getPort() + "\n" + hash + "\n\n";
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        var right = Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        return right.equals(parts.get("mac")) && hash.equals(parts.getOrDefault("hash", "")) && nonces.add(parts.get("nonce"));
    }
}
