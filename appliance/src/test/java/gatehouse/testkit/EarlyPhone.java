package gatehouse.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** A phone that has had power before the box and asks every few milliseconds until it is registered, over UDP (RFC 3261 10, RFC 2617). */
public final class EarlyPhone implements AutoCloseable {
    private static final int ASK_AGAIN_MILLIS = 5;
    private static final int ANSWER_WITHIN_MILLIS = 500; // RFC 3261 timer E, T1
    private static final String CONTACT = "127.0.0.1:9"; // each phone of the number says the same: there are never too many
    private static final Duration BETWEEN_CLOSED_PORTS = Duration.ofMillis(1);
    private static final Pattern NONCE = Pattern.compile("(?m)^WWW-Authenticate:(?=.*algorithm=MD5)[^\\n]*nonce=\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);

    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final String domain;
    private final String number;
    private final String secret;
    private String nonce;
    private final long powered = System.nanoTime(); // makes its branches its own
    private int sequence;

    public EarlyPhone(int sipPort, String domain, String number, String secret) throws IOException {
        this.domain = domain;
        this.number = number;
        this.secret = secret;
        socket.connect(InetAddress.getLoopbackAddress(), sipPort);
    }

    /** Asks, the same again and again, until somebody answers with a challenge. @param worthwhile ends the asking, with a failure */
    public void challenged(BooleanSupplier worthwhile) throws IOException {
        var answer = ask("", ASK_AGAIN_MILLIS, worthwhile);
        var found = NONCE.matcher(answer);
        if (!answer.startsWith("SIP/2.0 401") || !found.find()) {
            throw new IOException("Expected a challenge: " + answer);
        }
        nonce = found.group(1);
    }

    /** Answers the challenge; a late answer to an earlier question is passed over. */
    public void registered(BooleanSupplier worthwhile) throws IOException {
        var uri = "sip:" + domain;
        var response = md5(md5(number + ":" + domain + ":" + secret) + ":" + nonce + ":00000001:start:auth:" + md5("REGISTER:" + uri));
        var credentials = "Authorization: Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=MD5, qop=auth, "
                .formatted(number, domain, nonce, uri, response) + "nc=00000001, cnonce=\"start\"\r\n";
        var answer = ask(credentials, ANSWER_WITHIN_MILLIS, worthwhile);
        if (!answer.startsWith("SIP/2.0 200")) {
            throw new IOException("Expected to be registered: " + answer);
        }
    }

    private String ask(String credentials, int patienceMillis, BooleanSupplier worthwhile) throws IOException {
        var asked = ++sequence;
        var request = request(asked, credentials).getBytes(StandardCharsets.US_ASCII);
        socket.setSoTimeout(patienceMillis);
        while (worthwhile.getAsBoolean()) {
            try {
                socket.send(new DatagramPacket(request, request.length));
                for (;;) {
                    var answer = receive();
                    if (answer.contains("CSeq: " + asked + " REGISTER") && !answer.startsWith("SIP/2.0 1")) {
                        return answer;
                    }
                }
            } catch (PortUnreachableException closed) {
                LockSupport.parkNanos(BETWEEN_CLOSED_PORTS.toNanos());
            } catch (SocketTimeoutException silent) {
                continue;
            }
        }
        throw new IOException("Nobody answered REGISTER " + asked + ": " + request(asked, credentials));
    }

    private String receive() throws IOException {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        socket.receive(packet);
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    private String request(int asked, String credentials) {
        var here = "127.0.0.1:" + socket.getLocalPort();
        return "REGISTER sip:%s SIP/2.0\r\nVia: SIP/2.0/UDP %s;branch=z9hG4bK%x.%d;rport\r\nMax-Forwards: 70\r\n"
                .formatted(domain, here, powered, asked)
                + "From: <sip:%1$s@%2$s>;tag=start\r\nTo: <sip:%1$s@%2$s>\r\nCall-ID: start-%3$s\r\n".formatted(number, domain, here)
                + "CSeq: %d REGISTER\r\nContact: <sip:%s@%s>\r\nExpires: 60\r\n%sContent-Length: 0\r\n\r\n".formatted(asked, number, CONTACT, credentials);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
