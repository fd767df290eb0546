package gatehouse.company;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.core.Problems;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * SIP headers of the company's own.
 *
 * @param add   put on calls that leave the box
 * @param relay handed on from one leg of a call to the other
 */
public record CustomHeaders(List<Added> add, List<Relayed> relay) {
    /** Which calls. */
    public enum Scope { ALL, TRUNK, USER }

    public record Added(String name, String value, Scope scope) { }

    public record Relayed(String name, Scope scope) { }

    private static final int MOST = 20;
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{2,32}"); // RFC 3261 25.1
    /** Those that make a message what it is (RFC 3261 20 and its extensions): a second one would break it. */
    private static final Set<String> RESERVED = Set.of("via", "from", "to", "call-id", "cseq", "contact", "max-forwards", "route", "record-route",
            "content-type", "content-length", "content-encoding", "content-disposition", "authorization", "proxy-authorization", "www-authenticate",
            "proxy-authenticate", "require", "proxy-require", "supported", "allow", "expires", "session-expires", "min-se", "replaces", "refer-to",
            "event", "subscription-state", "rseq", "rack", "timestamp");

    static void check(JsonNode headers, Problems problems) {
        for (var list : List.of("add", "relay")) {
            var entries = headers.path(list);
            problems.addIf(entries.size() > MOST, list, "maxItems", list + " may have " + MOST + " headers.");
            var names = new HashSet<String>();
            for (int i = 0; i < Math.min(entries.size(), MOST); i++) {
                name(entries.get(i).path("name").asText(""), list + "[" + i + "].name", names, problems);
            }
        }
        for (int i = 0; i < Math.min(headers.path("add").size(), MOST); i++) {
            var value = headers.get("add").get(i).path("value").asText("");
            var place = "add[" + i + "].value";
            problems.addIf(value.isBlank(), place, "required", place + " is missing.");
            problems.addIf(value.chars().anyMatch(Character::isISOControl), place, "characters", place + " may have no control characters.");
        }
    }

    private static void name(String name, String place, Set<String> names, Problems problems) {
        var folded = name.toLowerCase(Locale.ROOT);
        problems.addIf(!TOKEN.matcher(name).matches(), place, "pattern", place + " must be a header's name of 2 to 32 characters, such as X-Department.");
        problems.addIf(RESERVED.contains(folded), place, "reserved", "The header " + name + " is the box's own to write; choose another.");
        problems.addIf(!names.add(folded), place, "once", "The header " + name + " is there twice.");
    }

    static CustomHeaders of(JsonNode headers) {
        var add = new ArrayList<Added>();
        headers.path("add").forEach(entry -> add.add(new Added(entry.get("name").textValue(), entry.get("value").textValue(), scope(entry))));
        var relay = new ArrayList<Relayed>();
        headers.path("relay").forEach(entry -> relay.add(new Relayed(entry.get("name").textValue(), scope(entry))));
        return new CustomHeaders(List.copyOf(add), List.copyOf(relay));
    }

    private static Scope scope(JsonNode entry) {
        return Scope.valueOf(entry.path("scope").asText("TRUNK"));
    }
}
