package gatehouse.trunks;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.numbering.NumberMask;
import java.util.List;
import java.util.Optional;

/** The rules of one trunk that a schema cannot say. Pure. */
final class TrunkRules {
    private static final int MOST_ADDRESSES = 100;

    private TrunkRules() {
    }

    static void check(JsonNode trunk, boolean hasPassword, Problems problems) {
        for (var field : List.of("hostname", "outbound_server")) {
            var host = trunk.path(field).asText("");
            problems.addIf(!host.isBlank() && !Hosts.isHost(host), field, "format", field + " must be a host's name or an IP address.");
        }
        if (!trunk.path("transport").asText().equals("UDP")) {
            for (var field : List.of("port", "outbound_server_port")) {
                problems.addIf(trunk.path(field).asInt(1) == 0, field, "minimum", field + " must be 1 or more: only UDP goes without one.");
            }
        }
        for (var field : List.of("name", "brand", "auth_id", "username")) {
            problems.addIf(SipHabits.hasControl(trunk.path(field).asText("")), field, "characters", field + " may have no control characters.");
        }
        account(trunk, hasPassword, problems);
        addresses(trunk.path("additional_ips").asText(""), problems);
        var dids = trunk.path("did_numbers").asText("");
        problems.addIf(!dids.isBlank() && pool(dids).isEmpty(), "did_numbers", "pattern",
                "did_numbers must be numbers and ranges such as 4930100-4930199;4930250, at most " + NumberMask.MOST_PARTS + " of them.");
        SipHabits.check(trunk.path("inbound_parameters"), trunk.path("outbound_parameters"), problems);
    }

    private static void account(JsonNode trunk, boolean hasPassword, Problems problems) {
        var mode = trunk.path("auth_mode").asText("");
        if (mode.equals("REGISTER_AUTH") || mode.equals("ACCEPT_REGISTER")) {
            var nameless = trunk.path("auth_id").asText("").isBlank() && trunk.path("username").asText("").isBlank();
            problems.addIf(nameless, "auth_id", "required", "auth_id is missing: " + mode + " needs an account.");
            problems.addIf(!hasPassword, "password", "required", "password is missing: " + mode + " needs an account.");
        }
        problems.addIf(mode.equals("TEAMS") && !trunk.path("transport").asText().equals("TLS"), "transport", "TLS",
                "transport must be TLS: Teams takes no other.");
    }

    private static void addresses(String text, Problems problems) {
        var all = Hosts.list(text);
        problems.addIf(all.size() > MOST_ADDRESSES, "additional_ips", "maxItems", "additional_ips may have " + MOST_ADDRESSES + " addresses.");
        all.stream().filter(one -> !Hosts.isNetwork(one)).findFirst().ifPresent(wrong -> problems.add(Problem.invalid("additional_ips", "format",
                "additional_ips must be IP addresses or networks with ; between them; " + (wrong.length() > 50 ? "one of these" : wrong)
                        + " is none.")));
    }

    /** Empty when the text is no pool. */
    static Optional<NumberMask> pool(String dids) {
        return NumberMask.of(dids).filter(NumberMask::isPool);
    }
}
