package gatehouse.media;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.media.Media.Leg;
import gatehouse.media.Media.PortsExhausted;
import gatehouse.testkit.Eventually;
import gatehouse.testkit.FreePorts;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What other calls and other people's packets do to a call: nothing. */
@Timeout(60)
class MediaStormTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final byte[] SOUND = {(byte) 0x80, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 42, 1, 2, 3};

    private static String description(DatagramSocket phone) {
        var address = phone.getLocalAddress();
        return "v=0\no=- 1 1 IN IP4 127.0.0.1\ns=-\nc=IN " + (address instanceof Inet6Address ? "IP6 " : "IP4 ") + address.getHostAddress()
                + "\nt=0 0\nm=audio " + phone.getLocalPort() + " RTP/AVP 0 101\na=rtpmap:101 telephone-event/8000\n";
    }

    private static DatagramSocket phone(InetAddress address) throws Exception {
        var socket = new DatagramSocket(new InetSocketAddress(address, 0));
        socket.setSoTimeout((int) BOUND.toMillis());
        return socket;
    }

    /** One call between two phones; where {@code caller} has to send. */
    private static InetSocketAddress connect(Media.RtpRelay relay, DatagramSocket caller, DatagramSocket callee, InetAddress box) throws Exception {
        relay.pass(Leg.CALLER, description(caller), box);
        var answer = SessionDescription.parse(relay.pass(Leg.CALLEE, description(callee), box));
        return answer.address(answer.audio().orElseThrow());
    }

    private static void assertSoundPasses(DatagramSocket caller, DatagramSocket callee, InetSocketAddress box) throws Exception {
        caller.send(new DatagramPacket(SOUND, SOUND.length, box));
        var packet = new DatagramPacket(new byte[4096], 4096);
        do {
            callee.receive(packet); // what came before it may still be on its way
        } while (packet.getLength() != SOUND.length);
        assertArrayEquals(SOUND, Arrays.copyOf(packet.getData(), packet.getLength()));
    }

    @Test
    void no_packet_stops_the_sound() throws Exception {
        var seed = Long.getLong("seed", new Random().nextLong());
        var random = new Random(seed);
        var first = FreePorts.range(8);
        try (var media = new NioMedia(LOOPBACK, first, first + 7, random); var relay = media.relay((_, _) -> { });
                var caller = phone(LOOPBACK); var callee = phone(LOOPBACK)) {
            var box = connect(relay, caller, callee, LOOPBACK);
            var taken = 0;
            for (int run = 1; run <= 5_000; run++) {
                var bytes = new byte[random.nextInt(20) == 0 ? random.nextInt(4_000) : random.nextInt(16, 40)];
                random.nextBytes(bytes);
                if (bytes.length > 1 && random.nextBoolean()) {
                    bytes[0] = (byte) (0x80 | bytes[0] & 0x3F); // RTP with any sources and extension
                    bytes[1] = (byte) (random.nextBoolean() ? 101 : bytes[1]);
                }
                if (bytes.length != SOUND.length) {
                    caller.send(new DatagramPacket(bytes, bytes.length, box));
                    taken++;
                }
                if (run % 50 == 0) { // few enough for the socket's buffer
                    var sent = taken;
                    Eventually.eventually(BOUND, media::counters, now -> now.forwarded() + now.notRtp() + now.tooLarge() + now.foreign() >= sent);
                    assertSoundPasses(caller, callee, box);
                    taken++;
                }
            }
        } catch (AssertionError | java.io.IOException e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    @Test
    void calls_that_come_and_go_disturb_none_and_leave_nothing() throws Exception {
        var first = FreePorts.range(40);
        try (var media = new NioMedia(LOOPBACK, first, first + 39, new Random(1)); var relay = media.relay((_, _) -> { });
                var caller = phone(LOOPBACK); var callee = phone(LOOPBACK); var others = Executors.newFixedThreadPool(4)) {
            var box = connect(relay, caller, callee, LOOPBACK);
            var busy = IntStream.range(0, 4).mapToObj(_ -> others.submit(() -> comeAndGo(media, 200))).toList();
            while (!busy.stream().allMatch(Future::isDone)) {
                assertSoundPasses(caller, callee, box);
            }
            for (var one : busy) {
                one.get();
            }
            Eventually.eventually(BOUND, () -> media.counters().portsInUse() == 4);
            assertSoundPasses(caller, callee, box);
        }
    }

    private static void comeAndGo(Media media, int times) {
        for (int i = 0; i < times; i++) {
            Eventually.eventually(BOUND, () -> {
                try (var relay = media.relay((_, _) -> { })) {
                    return relay.packets(Leg.CALLER) == 0;
                } catch (PortsExhausted soon) {
                    return false; // ports come back a moment after a call
                }
            });
        }
    }

    @Test
    void calls_over_ipv6_and_from_ipv6_to_ipv4_are_heard() throws Exception {
        var six = InetAddress.ofLiteral("::1");
        var first = FreePorts.range(8);
        try (var media = new NioMedia(InetAddress.ofLiteral("::"), first, first + 7, new Random(1)); var relay = media.relay((_, _) -> { });
                var caller = phone(six); var callee = phone(LOOPBACK)) {
            relay.pass(Leg.CALLER, description(caller), LOOPBACK);
            var text = relay.pass(Leg.CALLEE, description(callee), six);
            var answer = SessionDescription.parse(text);
            assertEquals(six, answer.address(answer.audio().orElseThrow()).getAddress(), text);
            assertSoundPasses(caller, callee, answer.address(answer.audio().orElseThrow()));
        }
    }
}
