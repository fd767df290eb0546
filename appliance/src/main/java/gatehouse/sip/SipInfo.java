package gatehouse.sip;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sip.header.ContentTypeHeader;
import javax.sip.message.Request;

/** Digits in the body of an INFO, in the two forms phones use. */
final class SipInfo {
    private static final Pattern SIGNAL = Pattern.compile("(?im)^\\s*Signal\\s*=\\s*([0-9*#A-Da-d]|1[01])\\s*$");

    private SipInfo() {
    }

    static Optional<Character> digit(Request info) {
        if (!(info.getHeader(ContentTypeHeader.NAME) instanceof ContentTypeHeader type) || info.getRawContent() == null
                || info.getRawContent().length > 256) {
            return Optional.empty();
        }
        var body = new String(info.getRawContent(), StandardCharsets.US_ASCII);
        return switch (type.getContentSubType().toLowerCase(java.util.Locale.ROOT)) {
            case "dtmf-relay" -> {
                var signal = SIGNAL.matcher(body);
                yield signal.find() ? key(signal.group(1)) : Optional.empty();
            }
            case "dtmf" -> key(body.strip());
            default -> Optional.empty();
        };
    }

    private static Optional<Character> key(String text) {
        return switch (text) {
            case "10" -> Optional.of('*');
            case "11" -> Optional.of('#');
            default -> text.matches("[0-9*#A-Da-d]") ? Optional.of(Character.toUpperCase(text.charAt(0))) : Optional.empty();
        };
    }
}
