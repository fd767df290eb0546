package gatehouse.receptionists;

import gatehouse.numbering.NumberMask;
import gatehouse.resources.Resource;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a receptionist asks what to do.
 *
 * @param when    what makes it ask
 * @param mask    the keys or the callers that it asks for; empty for all
 * @param headers to be sent, by name
 */
public record ActionUrl(String id, When when, Optional<NumberMask> mask, Method method, URI url, Map<String, String> headers, Auth auth,
        String username,
                        Duration connectTimeout, Duration answerTimeout) {
    /** Keys that were pressed, or who calls. */
    public enum When { DTMF, CALLER }

    public enum Method { GET, POST }

    public enum Auth { DISABLE, BASIC, DIGEST, BEARER }

    private static final String TOKEN = "[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}"; // RFC 9110 5.6.2
    private static final Pattern BETWEEN = Pattern.compile("[\\r\\n]+|;(?=\\s*" + TOKEN + "\\s*:)");
    private static final Pattern HEADER = Pattern.compile("\\s*(" + TOKEN + ")\\s*:(\\P{Cc}*)");

    static ActionUrl of(Resource url) {
        var fields = url.document();
        var when = When.valueOf(url.text("type"));
        return new ActionUrl(url.id(), when, NumberMask.of(url.text(when == When.DTMF ? "dtmf_mask" : "caller_mask")),
                Method.valueOf(fields.path("method").asText("GET")), URI.create(url.text("url")), headers(url.text("headers")).orElseThrow(),
                Auth.valueOf(fields.path("auth").asText("DISABLE")), url.text("username"), Duration.ofSeconds(fields.path("connection_timeout")
                        .asInt()),
                Duration.ofSeconds(fields.path("request_timeout").asInt()));
    }

    /** {@code Name: value} on lines of their own, or with {@code ;} between; empty when it is something else. */
    static Optional<Map<String, String>> headers(String text) {
        var headers = new LinkedHashMap<String, String>();
        for (var line : BETWEEN.split(text)) {
            var header = HEADER.matcher(line);
            if (header.matches()) {
                headers.put(header.group(1), header.group(2).strip());
            } else if (!line.isBlank()) {
                return Optional.empty();
            }
        }
        return Optional.of(headers);
    }
}
