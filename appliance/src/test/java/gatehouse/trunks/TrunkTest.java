package gatehouse.trunks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.resources.Resource;
import gatehouse.trunks.SipHabits.Content;
import gatehouse.trunks.SipHabits.Filling;
import gatehouse.trunks.SipHabits.Part;
import gatehouse.trunks.SipHabits.Privacy;
import gatehouse.trunks.SipHabits.Source;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A trunk as the calls will read it, and what may be a host. */
class TrunkTest {
    private static Trunk trunk(String json) {
        var document = ((ObjectNode) Json.parse("""
                {"name": "Carrier", "enabled": true, "transport": "UDP", "hostname": "sip.carrier.test", "port": 5060,
                        "outbound_server": "out.carrier.test",
                 "outbound_server_port": 5070, "concurrency": 4, "registration": true, "register_interval": 300, "keep_alive": true,
                 "keep_alive_interval": 60}""")).setAll((ObjectNode) Json.parse(json));
        return Trunk.of(new Resource("id1", "", (ObjectNode) document, null, Instant.EPOCH, Instant.EPOCH));
    }

    @Test
    void who_has_an_account_registers_and_who_has_none_is_known_by_address() {
        assertEquals(Trunk.AuthMode.IP_AUTH, trunk("{}").authMode());
        assertEquals(Optional.empty(), trunk("{}").registerInterval());
        assertEquals(Trunk.AuthMode.REGISTER_AUTH, trunk("{\"auth_id\": \"4711\"}").authMode());
        assertEquals(Optional.of(Duration.ofSeconds(300)), trunk("{\"auth_id\": \"4711\"}").registerInterval());
        assertEquals(Optional.of(Duration.ofSeconds(600)), trunk("{\"auth_id\": \"4711\", \"register_interval\": 0}").registerInterval());
        assertEquals(Optional.empty(), trunk("{\"auth_id\": \"4711\", \"registration\": false}").registerInterval());
        assertEquals(Optional.empty(), trunk("{\"auth_id\": \"4711\", \"auth_mode\": \"ACCEPT_REGISTER\"}").registerInterval(),
                "it registers with us");
    }

    @Test
    void the_rest_is_as_it_was_set() {
        var trunk = trunk("{\"additional_ips\": \"192.0.2.1; 198.51.100.0/24\", \"did_numbers\": \"493010-493019\", \"verify_port\": true}");
        assertEquals(new Trunk.Endpoint("out.carrier.test", 5070), trunk.outbound());
        assertEquals(List.of("192.0.2.1", "198.51.100.0/24"), trunk.addresses());
        assertTrue(trunk.dids().orElseThrow().fits("+493015"));
        assertTrue(trunk.verifyPort());
        assertFalse(trunk.inLan());
        assertEquals(Optional.of(Duration.ofMinutes(1)), trunk.keepAlive());
        assertEquals(4, trunk.concurrency());
    }

    @Test
    void habits_that_nobody_told_are_the_usual_ones() {
        assertEquals(new SipHabits.Inbound(Source.DEFAULT, Source.DEFAULT, Source.DEFAULT, Privacy.DEFAULT, false, "verstat", Set.of(), false),
                trunk("{\"inbound_parameters\": null}").inboundHabits());
        assertEquals(new SipHabits.Outbound(Map.of(), Privacy.DEFAULT), trunk("{}").outboundHabits());
        var told = trunk("""
                {"inbound_parameters": {"called_num": "TO_USER_PART", "caller_num": null, "drop_calls_with_verification_status": ["TN-Validation-Failed"]},
                 "outbound_parameters": {"from_user_part": {"value": "AUTH_ID"}, "to_host_part": {"value": "CUSTOM", "custom_value": "ims.test"},
                  "from_host_part": {"value": "DEFAULT"}, "privacy_types_supported": "ID"}}""");
        assertEquals(Source.TO_USER_PART, told.inboundHabits().calledNumber());
        assertEquals(Set.of("TN-Validation-Failed"), told.inboundHabits().dropped());
        assertEquals(new SipHabits.Outbound(Map.of(Part.FROM_USER_PART, new Filling(Content.AUTH_ID, ""), Part.TO_HOST_PART,
                new Filling(Content.CUSTOM, "ims.test")), Privacy.ID), told.outboundHabits());
    }

    @Test
    void a_host_is_a_name_or_an_address() {
        for (var host : List.of("sip.example.org", "localhost", "192.0.2.1", "2001:db8::1", "[2001:db8::1]", "a-b.c", "_sip._udp.example.org",
                "example.org.")) {
            assertTrue(Hosts.isHost(host), host);
        }
        for (var no : List.of("", "a b", "sip:example.org", "example.org:5060", "192.0.2", "999.1.1.1",
                "-a.org", "a..b", "exa\nmple", "[192.0.2.1",
                "fe80::1%eth0",
                "x".repeat(64) + ".org")) {
            assertFalse(Hosts.isHost(no), no);
        }
        assertTrue(Hosts.isNetwork("10.0.0.0/8") && Hosts.isNetwork("2001:db8::/32") && Hosts.isNetwork("192.0.2.7"));
        assertFalse(Hosts.isNetwork("10.0.0.0/33") || Hosts.isNetwork("10.0.0.0/") || Hosts.isNetwork("example.org"));
    }
}
