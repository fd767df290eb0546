package gatehouse.trunks;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.numbering.NumberMask;
import gatehouse.resources.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A trunk as whoever speaks SIP with it needs it. Its password is asked for apart: {@link Trunks#password}.
 *
 * @param provider         where it is known to be: calls from there are its own
 * @param outbound         where requests to it go
 * @param registerInterval empty when the box does not register with it
 * @param keepAlive        how often it is asked with OPTIONS whether it is there; empty for never
 * @param concurrency      the most calls at once; 0 for no bound of its own
 * @param addresses        from where else its calls may come: addresses and networks
 * @param verifyPort       what comes from another port of its address is not its own
 * @param dids             the numbers that lead in by it; empty when none were told
 */
public record Trunk(String id, String name, boolean enabled, AuthMode authMode, Transport transport, Endpoint provider, Endpoint outbound,
                    String authId, String username, Optional<Duration> registerInterval, Optional<Duration> keepAlive, int concurrency,
                    List<String> addresses, Optional<NumberMask> dids, boolean inLan, boolean singleVia, boolean rewriteVia, boolean verifyPort,
                    boolean adjustSdpDirection, boolean removeSrtp, boolean signatureRequired, SipHabits.Inbound inboundHabits,
                    SipHabits.Outbound outboundHabits) {
    /** The contract's words: who proves to whom who they are, and how. */
    public enum AuthMode { IP_AUTH, REGISTER_AUTH, ACCEPT_REGISTER, TEAMS, WHATS_APP }

    public enum Transport { UDP, TCP, TLS }

    /** @param port 0 for the one that DNS or the transport says */
    public record Endpoint(String host, int port) { }

    static Trunk of(Resource trunk) {
        var fields = trunk.document();
        var mode = mode(fields);
        return new Trunk(trunk.id(), trunk.text("name"), fields.path("enabled").asBoolean(true), mode, Transport.valueOf(trunk.text("transport")),
                new Endpoint(trunk.text("hostname"), fields.path("port").asInt()),
                new Endpoint(trunk.text("outbound_server"), fields.path("outbound_server_port").asInt()), text(fields, "auth_id"),
                        text(fields, "username"),
                every(fields, "registration", "register_interval", 600).filter(_ -> mode == AuthMode.REGISTER_AUTH),
                every(fields, "keep_alive", "keep_alive_interval", 360), fields.path("concurrency").asInt(),
                        Hosts.list(text(fields, "additional_ips")),
                NumberMask.of(text(fields, "did_numbers")), fields.path("inlan").asBoolean(), fields.path("single_via_header").asBoolean(),
                fields.path("rewrite_via_ip").asBoolean(), fields.path("verify_port").asBoolean(), fields.path("adjust_sdp_direction").asBoolean(),
                fields.path("remove_srtp_info").asBoolean(), fields.path("stir_shaken_signature_required").asBoolean(),
                SipHabits.inbound(fields.path("inbound_parameters")), SipHabits.outbound(fields.path("outbound_parameters")));
    }

    /** Where nobody said it: who has an account registers. */
    static AuthMode mode(JsonNode fields) {
        return Optional.ofNullable(fields.path("auth_mode").textValue()).map(AuthMode::valueOf)
                .orElse(text(fields, "auth_id").isEmpty() && text(fields, "username").isEmpty() ? AuthMode.IP_AUTH : AuthMode.REGISTER_AUTH);
    }

    private static Optional<Duration> every(JsonNode fields, String enabled, String interval, int otherwise) {
        var seconds = fields.path(interval).asInt(otherwise);
        return fields.path(enabled).asBoolean() ? Optional.of(Duration.ofSeconds(seconds == 0 ? otherwise : seconds)) : Optional.empty();
    }

    private static String text(JsonNode fields, String field) {
        return fields.path(field).isTextual() ? fields.path(field).textValue() : "";
    }
}
