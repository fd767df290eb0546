package gatehouse.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import gatehouse.media.Media.Leg;
import gatehouse.testkit.Eventually;
import gatehouse.testkit.FreePorts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RtpRelayTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration BOUND = Duration.ofSeconds(5);
    private static final int EVENT_TYPE = 101;

    private final LinkedBlockingQueue<String> digits = new LinkedBlockingQueue<>();
    private NioMedia media;
    private Media.RtpRelay relay;
    private Phone caller;
    private Phone callee;

    /** A phone's RTP and RTCP sockets, and where the box wants its packets. */
    private static final class Phone implements AutoCloseable {
        final DatagramSocket rtp = socket();
        final DatagramSocket rtcp = socket();
        int boxPort;

        static DatagramSocket socket() {
            try {
                var socket = new DatagramSocket(new InetSocketAddress(LOOPBACK, 0));
                socket.setSoTimeout((int) BOUND.toMillis());
                return socket;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        String description() {
            return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + rtp.getLocalPort()
                    + " RTP/AVP 0 101\r\na=rtcp:" + rtcp.getLocalPort() + "\r\na=rtpmap:101 telephone-event/8000\r\n";
        }

        void send(byte[] packet) throws IOException {
            rtp.send(new DatagramPacket(packet, packet.length, LOOPBACK, boxPort));
        }

        static byte[] receive(DatagramSocket socket) throws IOException {
            var packet = new DatagramPacket(new byte[2048], 2048);
            socket.receive(packet);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        }

        @Override
        public void close() {
            rtp.close();
            rtcp.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        var first = FreePorts.range(16);
        media = new NioMedia(LOOPBACK, first, first + 15, new Random(1));
        relay = media.relay((leg, digit) -> digits.add(leg + " " + digit));
        caller = new Phone();
        callee = new Phone();
        negotiate();
    }

    private void negotiate() throws Exception {
        callee.boxPort = port(relay.pass(Leg.CALLER, caller.description(), LOOPBACK));
        caller.boxPort = port(relay.pass(Leg.CALLEE, callee.description(), LOOPBACK));
    }

    @AfterEach
    void close() {
        relay.close();
        media.close();
        caller.close();
        callee.close();
    }

    private static int port(String description) throws Exception {
        var parsed = SessionDescription.parse(description);
        return parsed.audio().orElseThrow().port();
    }

    private static byte[] rtp(int type, int sequence, int timestamp, byte... payload) {
        return ByteBuffer.allocate(12 + payload.length).put((byte) 0x80).put((byte) type).putShort((short) sequence).putInt(timestamp)
                .putInt(42).put(payload).array();
    }

    @Test
    void sound_passes_both_ways_unchanged() throws Exception {
        caller.send(rtp(0, 1, 160, (byte) 1, (byte) 2));
        assertArrayEquals(rtp(0, 1, 160, (byte) 1, (byte) 2), Phone.receive(callee.rtp));
        callee.send(rtp(0, 9, 320, (byte) 3));
        assertArrayEquals(rtp(0, 9, 320, (byte) 3), Phone.receive(caller.rtp));
        // A packet is counted after it was sent, so it may arrive before.
        Eventually.eventually(BOUND, () -> relay.packets(Leg.CALLER) == 1 && relay.packets(Leg.CALLEE) == 1);
    }

    @Test
    void reports_pass_on_the_port_above() throws Exception {
        var report = new byte[] {(byte) 0x80, (byte) 200, 0, 1, 0, 0, 0, 42};
        caller.rtcp.send(new DatagramPacket(report, report.length, LOOPBACK, caller.boxPort + 1));
        assertArrayEquals(report, Phone.receive(callee.rtcp));
    }

    @Test
    void a_stranger_who_sends_to_the_port_is_not_heard() throws Exception {
        caller.send(rtp(0, 1, 160));
        Phone.receive(callee.rtp);
        try (var stranger = Phone.socket()) {
            var packet = rtp(0, 2, 320);
            stranger.send(new DatagramPacket(packet, packet.length, LOOPBACK, caller.boxPort));
            Eventually.eventually(BOUND, () -> media.counters().foreign() == 1);
        }
        callee.rtp.setSoTimeout(50);
        assertThrows(SocketTimeoutException.class, () -> Phone.receive(callee.rtp));
    }

    @Test
    void a_phone_behind_a_nat_is_answered_where_it_was_heard() throws Exception {
        try (var mapped = Phone.socket()) {
            var packet = rtp(0, 1, 160);
            mapped.send(new DatagramPacket(packet, packet.length, LOOPBACK, caller.boxPort));
            Phone.receive(callee.rtp);
            callee.send(rtp(0, 7, 160));
            assertArrayEquals(rtp(0, 7, 160), Phone.receive(mapped));
        }
    }

    @Test
    void a_phone_that_comes_back_from_hold_through_another_hole_in_its_nat_is_heard() throws Exception {
        try (var before = Phone.socket(); var after = Phone.socket()) {
            heardFrom(before, 1);
            relay.pass(Leg.CALLER, caller.description().replace("c=IN IP4 127.0.0.1", "c=IN IP4 0.0.0.0"), LOOPBACK);
            relay.pass(Leg.CALLER, caller.description(), LOOPBACK);
            callee.send(rtp(0, 7, 160));
            assertArrayEquals(rtp(0, 7, 160), Phone.receive(before), "until it is heard again, it is where it was");
            heardFrom(after, 2);
            callee.send(rtp(0, 8, 320));
            assertArrayEquals(rtp(0, 8, 320), Phone.receive(after));
        }
    }

    private void heardFrom(DatagramSocket mapped, int sequence) throws Exception {
        var packet = rtp(0, sequence, 160 * sequence);
        mapped.send(new DatagramPacket(packet, packet.length, LOOPBACK, caller.boxPort));
        assertArrayEquals(packet, Phone.receive(callee.rtp));
    }

    @Test
    void nobody_speaks_to_a_caller_before_the_callee_has_answered() throws Exception {
        try (var ringing = media.relay((leg, digit) -> digits.add(leg + " " + digit)); var stranger = Phone.socket()) {
            var calleeSide = port(ringing.pass(Leg.CALLER, caller.description(), LOOPBACK));
            var packet = rtp(EVENT_TYPE, 1, 800, (byte) 1, (byte) 10, (byte) 0, (byte) 0);
            stranger.send(new DatagramPacket(packet, packet.length, LOOPBACK, calleeSide));
            Eventually.eventually(BOUND, () -> media.counters().foreign() == 1);
            assertEquals(List.of(), List.copyOf(digits));
        }
    }

    @Test
    void noise_is_counted_and_goes_nowhere() throws Exception {
        caller.send(new byte[] {0, 1, 0, 0});
        caller.send("OPTIONS sip:x".getBytes());
        Eventually.eventually(BOUND, () -> media.counters().notRtp() == 2);
        assertEquals(0, media.counters().forwarded());
    }

    @Test
    void each_digit_is_heard_once_however_its_packets_arrive() throws Exception {
        var seed = Long.getLong("seed", new Random().nextLong());
        var random = new Random(seed);
        var typed = "1234#*0";
        var sequence = 0;
        for (int i = 0; i < typed.length(); i++) {
            var event = "0123456789*#".indexOf(typed.charAt(i));
            var packets = new ArrayList<byte[]>();
            for (int n = 0; n < 6; n++) { // three while pressed, then its end three times
                packets.add(rtp(EVENT_TYPE, sequence++, 8000 * (i + 1), (byte) event, (byte) (n >= 3 ? 0x8A : 0x0A), (byte) 0, (byte) (160 * n)));
            }
            Collections.shuffle(packets, random);
            packets.subList(0, random.nextInt(6)).clear(); // some are lost, never all
            packets.addAll(packets.subList(0, 1)); // and one comes twice
            for (var packet : packets) {
                callee.send(packet);
            }
        }
        var heard = new StringBuilder();
        for (int i = 0; i < typed.length(); i++) {
            var digit = digits.poll(5, TimeUnit.SECONDS);
            assertTrue(digit != null && digit.startsWith("CALLEE "), "seed " + seed + " heard " + heard + " then " + digit);
            heard.append(digit.charAt(digit.length() - 1));
        }
        assertEquals(typed, heard.toString(), "seed " + seed);
        assertEquals(List.of(), List.copyOf(digits), "seed " + seed);
    }

    @Test
    void on_hold_nothing_is_sent_to_the_one_who_holds() throws Exception {
        relay.pass(Leg.CALLER, caller.description().replace("c=IN IP4 127.0.0.1", "c=IN IP4 0.0.0.0"), LOOPBACK);
        callee.send(rtp(0, 1, 160));
        Eventually.eventually(BOUND, () -> media.counters().noRoute() == 1);
        relay.pass(Leg.CALLER, caller.description(), LOOPBACK);
        callee.send(rtp(0, 2, 320));
        assertArrayEquals(rtp(0, 2, 320), Phone.receive(caller.rtp));
    }

    @Test
    void a_call_may_begin_on_hold() throws Exception {
        relay.close();
        relay = media.relay((leg, digit) -> digits.add(leg + " " + digit));
        callee.boxPort = port(relay.pass(Leg.CALLER, caller.description().replace("c=IN IP4 127.0.0.1", "c=IN IP4 0.0.0.0"), LOOPBACK));
        caller.boxPort = port(relay.pass(Leg.CALLEE, callee.description(), LOOPBACK));
        caller.send(rtp(0, 1, 160));
        callee.send(rtp(0, 1, 160));
        Eventually.eventually(BOUND, () -> media.counters().foreign() == 1 && media.counters().noRoute() == 1);
        negotiate();
        sound_passes_both_ways_unchanged();
    }

    @Test
    void ports_come_back_and_a_used_up_range_says_so() {
        var before = media.counters().portsInUse();
        var others = new ArrayList<Media.RtpRelay>();
        var refused = assertThrows(Media.PortsExhausted.class, () -> {
            for (int i = 0; i < 100; i++) {
                others.add(media.relay((_, _) -> { }));
            }
        });
        assertTrue(refused.getMessage().contains("--rtp-ports"), refused.getMessage());
        others.forEach(Media.RtpRelay::close);
        Eventually.eventually(BOUND, () -> media.counters().portsInUse() == before);
        media.relay((_, _) -> { }).close();
    }

    @Test
    void a_digit_behind_a_header_extension_is_a_digit_and_one_cut_short_is_not() throws Exception {
        var extended = ByteBuffer.wrap(rtp(EVENT_TYPE, 1, 800, new byte[] {(byte) 0xBE, (byte) 0xDE, 0, 1, 0, 0, 0, 0, 9, 10, 0, 0})).put(0, (byte) 0x90);
        caller.send(extended.array());
        assertEquals("CALLER 9", digits.poll(5, TimeUnit.SECONDS));
        caller.send(ByteBuffer.wrap(rtp(EVENT_TYPE, 2, 8000, new byte[] {(byte) 0xBE, (byte) 0xDE, 0, 99, 0, 0, 0, 0, 9, 10, 0, 0})).put(0, (byte) 0x90).array());
        caller.send(ByteBuffer.wrap(rtp(EVENT_TYPE, 3, 16_000, new byte[] {1, 2})).put(0, (byte) 0x90).array());
        caller.send(rtp(EVENT_TYPE, 4, 24_000, (byte) 3, (byte) 10, (byte) 0, (byte) 0));
        assertEquals("CALLER 3", digits.poll(5, TimeUnit.SECONDS));
    }

    @Test
    void each_side_may_number_its_telephone_events_its_own_way() throws Exception {
        relay.pass(Leg.CALLEE, callee.description().replace("101", "96"), LOOPBACK);
        caller.send(rtp(96, 1, 800, (byte) 1, (byte) 10, (byte) 0, (byte) 0)); // as the callee wants it
        assertEquals("CALLER 1", digits.poll(5, TimeUnit.SECONDS));
        assertEquals(96, Phone.receive(callee.rtp)[1]);
        callee.send(rtp(101, 1, 800, (byte) 2, (byte) 10, (byte) 0, (byte) 0)); // as the caller wants it
        assertEquals("CALLEE 2", digits.poll(5, TimeUnit.SECONDS));
    }

    @Test
    void the_media_thread_allocates_nothing_for_a_packet() throws Exception {
        relay.close();
        var crowd = IntStream.range(0, 130).mapToObj(_ -> Phone.socket()).toList(); // the JDK boxes file numbers above 127
        relay = media.relay((_, _) -> { });
        negotiate();
        crowd.forEach(DatagramSocket::close);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var loop = media.loopThreads().getFirst();
        exchange(3_000); // let the compiler and the address caches settle
        var before = threads.getThreadAllocatedBytes(loop);
        exchange(2_000);
        var perPacket = (threads.getThreadAllocatedBytes(loop) - before) / 4_000.0;
        assertTrue(perPacket < 1, perPacket + " bytes a packet");
    }

    private void exchange(int rounds) throws Exception {
        for (int i = 0; i < rounds; i++) {
            caller.send(rtp(0, i, 160 * i));
            Phone.receive(callee.rtp);
            callee.send(rtp(0, i, 160 * i));
            Phone.receive(caller.rtp);
        }
    }
}
