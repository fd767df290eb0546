package gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A phone that can register over UDP (digest with MD5, RFC 2617) and nothing else: for tests that need a binding and no call. */
public final class RegisteredPhone implements AutoCloseable {
    private static final Pattern MD5_NONCE = Pattern.compile("(?is)www-authenticate:[^\\r\\n]*nonce=\"([^\"]*)\"[^\\r\\n]*algorithm=MD5\\b(?!-)");
    private static final int TIMEOUT_MILLIS = 5_000;

    private final DatagramSocket socket;
    private final Box box;
    private final String number;
    private final String secret;
    private int sequence;

    /** Registered once this returns. */
    public RegisteredPhone(Box box, String number) {
        this(box, number, Box.secret(number));
    }

    /** @throws AssertionError when the box does not let it in */
    public RegisteredPhone(Box box, String number, String secret) {
        this.secret = secret;
        this.box = box;
        this.number = number;
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(TIMEOUT_MILLIS);
            register();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the box knows it by. */
    public String instance() {
        return "<urn:uuid:00000000-0000-4000-8000-%012d>".formatted(socket.getLocalPort());
    }

    private void register() throws IOException {
        var domain = box.config().domain();
        var challenge = ask("");
        var nonce = MD5_NONCE.matcher(challenge);
        if (!nonce.find()) {
            throw new AssertionError("No challenge for MD5: " + challenge);
        }
        var response = md5(md5(number + ":" + domain + ":" + secret) + ":" + nonce.group(1) + ":00000001:test:auth:"
                + md5("REGISTER:sip:" + domain));
        var answer = ask("Authorization: Digest username=\"" + number + "\", realm=\"" + domain + "\", nonce=\"" + nonce.group(1) + "\", uri=\"sip:"
                + domain
                + "\", response=\"" + response + "\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"test\"\r\n");
        if (!answer.startsWith("SIP/2.0 200")) {
            throw new AssertionError("Not registered: " + answer);
        }
    }

    private String ask(String authorization) throws IOException {
        var here = "127.0.0.1:" + socket.getLocalPort();
        var domain = box.config().domain();
        var request = "REGISTER sip:" + domain + " SIP/2.0\r\nVia: SIP/2.0/UDP " + here + ";branch=z9hG4bK" + here.hashCode() + ++sequence
                + ";rport\r\nMax-Forwards: 70\r\n"
                + "From: <sip:" + number + "@" + domain + ">;tag=test\r\nTo: <sip:" + number + "@" + domain + ">\r\nCall-ID: " + here + "\r\nCSeq: "
                        + sequence
                + " REGISTER\r\nContact: <sip:" + number + "@" + here + ">;+sip.instance=\"" + instance()
                        + "\"\r\nExpires: 600\r\nUser-Agent: Test\r\n"
                + authorization + "Content-Length: 0\r\n\r\n";
        var bytes = request.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), box.config().sipPort()));
        var answer = new DatagramPacket(new byte[8192], 8192);
        socket.receive(answer);
        return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
