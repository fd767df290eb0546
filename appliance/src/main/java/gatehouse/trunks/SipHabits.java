package gatehouse.trunks;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.core.Problems;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Where a provider wants names and numbers in SIP messages, and where it puts them itself; in the contract's words. */
public final class SipHabits {
    /** What of a SIP message says who calls, or whom. */
    public enum Source {
        REQUEST_LINE_URI_USER_PART, CONTACT_USER_PART, TO_DISPLAY_NAME, TO_USER_PART, FROM_DISPLAY_NAME, FROM_USER_PART,
        REMOTE_PARTY_ID_CALLED_PARTY_DISPLAY_NAME, REMOTE_PARTY_ID_CALLED_PARTY_USER_PART, REMOTE_PARTY_ID_CALLING_PARTY_DISPLAY_NAME,
        REMOTE_PARTY_ID_CALLING_PARTY_USER_PART, P_ASSERTED_IDENTITY_DISPLAY_NAME, P_ASSERTED_IDENTITY_USER_PART, P_PREFERRED_IDENTIFY_DISPLAY_NAME,
        P_PREFERRED_IDENTIFY_USER_PART, P_CALLED_PARTY_ID_DISPLAY_NAME, P_CALLED_PARTY_ID_USER_PART, DEFAULT
    }

    /** What of a SIP message the box fills in. */
    public enum Part {
        REQUEST_LINE_URI_USER_PART, REQUEST_LINE_URI_HOST_PART, CONTACT_USER_PART, CONTACT_HOST_PART, TO_DISPLAY_NAME, TO_USER_PART, TO_HOST_PART,
        FROM_DISPLAY_NAME, FROM_USER_PART, FROM_HOST_PART, REMOTE_PARTY_ID_CALLED_PARTY_DISPLAY_NAME, REMOTE_PARTY_ID_CALLED_PARTY_USER_PART,
        REMOTE_PARTY_ID_CALLED_PARTY_HOST_PART, REMOTE_PARTY_ID_CALLING_PARTY_DISPLAY_NAME, REMOTE_PARTY_ID_CALLING_PARTY_USER_PART,
        REMOTE_PARTY_ID_CALLING_PARTY_HOST_PART, P_ASSERTED_IDENTITY_DISPLAY_NAME, P_ASSERTED_IDENTITY_USER_PART, P_ASSERTED_IDENTITY_HOST_PART,
        P_PREFERRED_IDENTIFY_DISPLAY_NAME, P_PREFERRED_IDENTIFY_USER_PART, P_PREFERRED_IDENTIFY_HOST_PART, P_CALLED_PARTY_ID_DISPLAY_NAME,
        P_CALLED_PARTY_ID_USER_PART, P_CALLED_PARTY_ID_HOST_PART;

        String field() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a part is filled with: the first ten go into names and users, the others into hosts, the last two into either. */
    public enum Content {
        AUTH_ID, CALLER_NUM, CALLED_NUM, CALLER_DISPLAY_NAME, OUTBOUND_CALLER_ID, ORIGINATOR_CALLER_ID, OUTBOUND_CALLER_ID_AND_ORIGINATOR_CALLER_ID,
        ANONYMOUS, TRUNK_HOST_PORT, OUT_HOST_PORT, CONTACT_URI, SIP_DOMAIN, DEFAULT, CUSTOM
    }

    /** @param custom the text itself, for CUSTOM; else empty */
    public record Filling(Content content, String custom) { }

    /** RFC 3323 privacy that a provider understands. */
    public enum Privacy { DEFAULT, NONE, ID, USER, HEADER, SESSION }

    /**
     * Of calls that come in.
     *
     * @param verificationParameter which parameter of P-Asserted-Identity tells what STIR/SHAKEN found
     * @param dropped               a call that has one of these there is refused
     * @param passApiHeader         the provider's X- headers go on to the phone
     */
    public record Inbound(Source callerNumber, Source callerName, Source calledNumber, Privacy privacy, boolean validateSignature,
                          String verificationParameter, Set<String> dropped, boolean passApiHeader) { }

    /** Of calls that go out: parts that are not here are filled in the usual way. */
    public record Outbound(Map<Part, Filling> parts, Privacy privacy) { }

    private static final int MOST_STATUSES = 20;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{1,64}"); // RFC 3261 25.1

    private SipHabits() {
    }

    static Inbound inbound(JsonNode given) {
        var dropped = new ArrayList<String>();
        given.path("drop_calls_with_verification_status").forEach(status -> dropped.add(status.textValue()));
        return new Inbound(source(given, "caller_num"), source(given, "caller_display_name"), source(given, "called_num"), privacy(given),
                given.path("enable_stir_shaken_validation").asBoolean(), given.path("pai_header_parameter_name").asText("verstat"),
                        Set.copyOf(dropped),
                given.path("pass_api_header_to_uad").asBoolean());
    }

    private static Source source(JsonNode given, String field) {
        return Source.valueOf(Optional.ofNullable(given.path(field).textValue()).orElse("DEFAULT"));
    }

    private static Privacy privacy(JsonNode given) {
        return Privacy.valueOf(Optional.ofNullable(given.path("privacy_types_supported").textValue()).orElse("DEFAULT"));
    }

    static Outbound outbound(JsonNode given) {
        var parts = new EnumMap<Part, Filling>(Part.class);
        for (var part : Part.values()) {
            var content = given.path(part.field()).path("value").textValue();
            if (content != null && !content.equals("DEFAULT")) {
                parts.put(part, new Filling(Content.valueOf(content), given.path(part.field()).path("custom_value").asText("")));
            }
        }
        return new Outbound(Map.copyOf(parts), privacy(given));
    }

    /** Adds every broken rule: what goes into a header must not end it. */
    static void check(JsonNode inbound, JsonNode outbound, Problems problems) {
        for (var part : Part.values()) {
            var field = "outbound_parameters." + part.field() + ".custom_value";
            var custom = outbound.path(part.field()).path("custom_value").asText("");
            problems.addIf(outbound.path(part.field()).path("value").asText().equals("CUSTOM") && custom.isBlank(), field, "required",
                    field + " is missing; say what to put there.");
            problems.addIf(hasControl(custom), field, "characters", field + " may have no control characters.");
        }
        var parameter = inbound.path("pai_header_parameter_name").textValue();
        problems.addIf(parameter != null && !TOKEN.matcher(parameter).matches(), "inbound_parameters.pai_header_parameter_name", "pattern",
                "inbound_parameters.pai_header_parameter_name must be a parameter's name, such as verstat.");
        var statuses = inbound.path("drop_calls_with_verification_status");
        var field = "inbound_parameters.drop_calls_with_verification_status";
        problems.addIf(statuses.size() > MOST_STATUSES, field, "maxItems", field + " may have " + MOST_STATUSES + " entries.");
        for (int i = 0; i < Math.min(statuses.size(), MOST_STATUSES); i++) {
            problems.addIf(!TOKEN.matcher(statuses.get(i).asText("")).matches(), field + "[" + i + "]", "pattern",
                    field + " must name statuses such as TN-Validation-Failed.");
        }
    }

    static boolean hasControl(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
