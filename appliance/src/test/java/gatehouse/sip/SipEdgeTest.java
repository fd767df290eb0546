package gatehouse.sip;

import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.certificates.Certificates;
import gatehouse.core.AddressFilter;
import gatehouse.core.Events;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.ManualTimers;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The box's own faults, as a phone meets them. */
@Timeout(30)
class SipEdgeTest {
    private static final Pattern NONCE = Pattern.compile("(?im)^(?:WWW|Proxy)-Authenticate:(?=.*algorithm=MD5\\b(?!-))[^\\n]*nonce=\"([^\"]+)\"");
    private static final String SOUND = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";

    private int sequence;

    @ParameterizedTest
    @ValueSource(strings = {"REGISTER", "INVITE"})
    void a_fault_of_ours_is_said_and_the_next_request_is_heard(String method, @TempDir Path keys) throws IOException {
        var certificates = new Certificates(keys, "secret", "box.test", Clock.systemUTC());
        var port = FreePorts.one();
        var settings = new SipSettings(InetAddress.getLoopbackAddress(), port, FreePorts.one(), false, "box.test", certificates.file(), "secret");
        try (var events = new Events(); var phone = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                var edge = new SipEdge(settings, _ -> Optional.of("right"), AddressFilter.EVERYBODY, events, Clock.systemUTC(), new ManualTimers(),
                        new SecureRandom())) {
            edge.start(_ -> { throw new IllegalStateException("the disk is gone"); }, _ -> { throw new IllegalStateException("the disk is gone"); });
            phone.connect(InetAddress.getLoopbackAddress(), port);
            phone.setSoTimeout(10_000);
            for (int i = 0; i < 2; i++) {
                var answer = proved(phone, method);
                assertTrue(answer.startsWith("SIP/2.0 500"), answer);
            }
        }
    }

    private String proved(DatagramSocket phone, String method) throws IOException {
        var challenge = ask(phone, method, "");
        var nonce = NONCE.matcher(challenge);
        assertTrue(nonce.find(), challenge);
        var response = md5(md5("101:box.test:right") + ":" + nonce.group(1) + ":00000001:test:auth:" + md5(method + ":sip:102@box.test"));
        return ask(phone, method, (challenge.startsWith("SIP/2.0 401") ? "" : "Proxy-") + "Authorization: Digest username=\"101\", realm=\"box.test\", nonce=\""
                + nonce.group(1) + "\", uri=\"sip:102@box.test\", response=\"" + response + "\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"test\"\r\n");
    }

    /** @return the final answer */
    private String ask(DatagramSocket phone, String method, String headers) throws IOException {
        var here = "127.0.0.1:" + phone.getLocalPort();
        var asked = ++sequence;
        var body = method.equals("INVITE") ? SOUND : "";
        var to = method.equals("INVITE") ? "102" : "101";
        var bytes = ("%s sip:102@box.test SIP/2.0\r\nVia: SIP/2.0/UDP %s;branch=z9hG4bK%s%d;rport\r\nMax-Forwards: 70\r\n".formatted(method, here, method, asked)
                + "From: <sip:101@box.test>;tag=test\r\nTo: <sip:%s@box.test>\r\nCall-ID: %s\r\nCSeq: %d %s\r\nContact: <sip:101@%s>\r\n"
                        .formatted(to, here, asked, method, here)
                + headers + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.UTF_8);
        phone.send(new DatagramPacket(bytes, bytes.length));
        for (;;) {
            var packet = new DatagramPacket(new byte[65_535], 65_535);
            phone.receive(packet);
            var answer = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            if (answer.contains("CSeq: " + asked + " " + method) && !answer.startsWith("SIP/2.0 1")) {
                return answer;
            }
        }
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
