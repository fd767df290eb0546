package gatehouse.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.certificates.Certificates;
import gatehouse.core.AddressFilter;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.SystemTimers;
import gatehouse.pnp.Place;
import gatehouse.pnp.PnpListener;
import gatehouse.secrets.Sealer;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.PnpPhone;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SIP on all addresses and the group of phones that ask their network, on one port, as on a box with the default ports. */
@Timeout(60)
class SharedPortTest {
    @TempDir
    Path data;

    private SipEdge edge(int port, int sips, boolean shares, Events events, SystemTimers timers) throws Exception {
        var random = new SecureRandom();
        var certificates = new Certificates(data, new Sealer(data.resolve("box.key"), random).derive("certificate"), "box.test", Clock.systemUTC());
        return new SipEdge(new SipSettings(InetAddress.getByName("0.0.0.0"), port, sips, shares, "box.test", certificates.file(), certificates.password()),
                _ -> Optional.empty(), AddressFilter.EVERYBODY, events, Clock.systemUTC(), timers, random);
    }

    @Test
    void a_phone_that_asks_the_group_is_answered_once_and_sip_goes_on() throws Exception {
        var port = FreePorts.one();
        try (var timers = new SystemTimers(); var events = new Events(); var sip = edge(port, FreePorts.one(), true, events, timers);
                var pnp = new PnpListener(List.of(new Place("lo", port)), _ -> Optional.of("http://box/"), AddressFilter.EVERYBODY, new Ids(new SecureRandom()), System::nanoTime);
                var phone = new PnpPhone(port); var other = edge(port, FreePorts.one(), true, events, timers)) {
            sip.start(null, null);
            assertThrows(IllegalStateException.class, () -> other.start(null, null), "a second box on the same port is still found out");
            pnp.start();
            var answers = phone.ask(phone.snom("000413000001", "shared"));
            assertEquals(2, answers.size(), answers.toString());
            assertEquals("http://box/", PnpPhone.body(answers.getLast()));
            assertTrue(options(port).startsWith("SIP/2.0 200"));
        }
    }

    private static String options(int port) throws Exception {
        try (var socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            var own = "127.0.0.1:" + socket.getLocalPort();
            var bytes = ("OPTIONS sip:box.test SIP/2.0\r\nVia: SIP/2.0/UDP " + own + ";branch=z9hG4bKopt;rport\r\nMax-Forwards: 20\r\nFrom: <sip:a@" + own
                    + ">;tag=1\r\nTo: <sip:box.test>\r\nCall-ID: o\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress("127.0.0.1", port)));
            socket.setSoTimeout(5_000);
            var packet = new DatagramPacket(new byte[4_096], 4_096);
            socket.receive(packet);
            return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
        }
    }
}
