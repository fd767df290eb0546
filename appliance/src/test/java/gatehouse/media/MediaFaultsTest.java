package gatehouse.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.media.Media.Leg;
import gatehouse.media.Media.PortsExhausted;
import gatehouse.media.Media.SdpException;
import gatehouse.testkit.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MediaFaultsTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final List<DatagramChannel> opened = new ArrayList<>();
    private int failing;

    private NioMedia media(int first, int ports) {
        return new NioMedia(LOOPBACK, first, first + ports - 1, new Random(1), () -> {
            if (--failing == 0) {
                throw new IOException("Too many open files");
            }
            opened.add(DatagramChannel.open());
            return opened.getLast();
        });
    }

    @Test
    void each_socket_that_cannot_be_opened_costs_that_call_alone() {
        for (int n = 1; n <= 4; n++) {
            try (var media = media(FreePorts.range(8), 8)) {
                failing = n;
                var refused = assertThrows(PortsExhausted.class, () -> media.relay((_, _) -> { }), "socket " + n);
                assertTrue(refused.getMessage().contains("Too many open files"), refused.getMessage());
                assertEquals(0, media.counters().portsInUse(), "socket " + n);
                assertEquals(n - 1, opened.size());
                assertTrue(opened.stream().noneMatch(DatagramChannel::isOpen), "socket " + n);
                opened.clear();
                media.relay((_, _) -> { }).close();
                media.relay((_, _) -> { }).close();
                opened.clear();
            }
        }
    }

    @Test
    void a_port_that_another_program_has_is_passed_over() throws Exception {
        var first = FreePorts.range(6);
        try (var other = DatagramChannel.open().bind(new InetSocketAddress(LOOPBACK, first + 3)); var media = media(first, 6)) {
            assertTrue(other.isOpen());
            media.relay((_, _) -> { });
            assertEquals(4, media.counters().portsInUse());
            assertThrows(PortsExhausted.class, () -> media.relay((_, _) -> { }));
            assertEquals(4, media.counters().portsInUse());
        }
    }

    @Test
    void what_a_call_left_open_closes_with_the_box() {
        var media = media(FreePorts.range(8), 8);
        media.relay((_, _) -> { });
        media.close();
        assertEquals(4, opened.size());
        assertTrue(opened.stream().noneMatch(DatagramChannel::isOpen));
    }

    @Test
    void media_never_goes_to_groups_or_round_in_circles() {
        var first = FreePorts.range(8);
        try (var media = media(first, 8); var relay = media.relay((_, _) -> { })) {
            for (var target : List.of("224.2.1.1/127 4000", "255.255.255.255 4000", "127.0.0.1 " + first, "127.0.0.1 " + (first + 7))) {
                var words = target.split(" ");
                var description = "v=0\nc=IN IP4 " + words[0] + "\nm=audio " + words[1] + " RTP/AVP 0\n";
                assertThrows(SdpException.class, () -> relay.pass(Leg.CALLER, description, LOOPBACK), target);
            }
            var hidden = "v=0\nc=IN IP4 127.0.0.1\nm=audio 4000 RTP/AVP 0\na=rtcp:" + first + "\n";
            assertThrows(SdpException.class, () -> relay.pass(Leg.CALLER, hidden, LOOPBACK));
        }
    }
}
