package gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A phone that can register over UDP (digest with MD5, RFC 2617) and ask for a call that does not come to be; for tests that need no sound. */
public final class RegisteredPhone implements AutoCloseable {
    private static final Pattern MD5_NONCE = Pattern.compile("(?is)(?:www|proxy)-authenticate:[^\\r\\n]*nonce=\"([^\"]*)\"[^\\r\\n]*algorithm=MD5\\b(?!-)");
    private static final int TIMEOUT_MILLIS = 5_000;

    private final DatagramSocket socket;
    private final Box box;
    private final String number;
    private final String secret;
    private final Traits traits;
    private int sequence;
    private int granted;

    /** What it says of itself. @param instance empty for one of its own; @param header a whole line, or empty; @param address where it is, on loopback */
    public record Traits(String userAgent, String instance, String header, String address) {
        static final Traits PLAIN = new Traits("Test", "", "", "127.0.0.1");

        public static Traits agent(String userAgent) {
            return new Traits(userAgent, "", "", "127.0.0.1");
        }

        public Traits instance(String other) {
            return new Traits(userAgent, other, header, address);
        }

        public Traits header(String line) {
            return new Traits(userAgent, instance, line + "\r\n", address);
        }

        public Traits at(String place) {
            return new Traits(userAgent, instance, header, place);
        }
    }

    /** Registered once this returns. */
    public RegisteredPhone(Box box, String number) {
        this(box, number, Box.secret(number));
    }

    /** @throws AssertionError when the box does not let it in */
    public RegisteredPhone(Box box, String number, String secret) {
        this(box, number, secret, Traits.PLAIN);
    }

    public RegisteredPhone(Box box, String number, Traits traits) {
        this(box, number, Box.secret(number), traits);
    }

    private RegisteredPhone(Box box, String number, String secret, Traits traits) {
        this.traits = traits;
        this.secret = secret;
        this.box = box;
        this.number = number;
        try {
            socket = new DatagramSocket(0, InetAddress.getByName(traits.address));
            socket.setSoTimeout(TIMEOUT_MILLIS);
            register();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For how many seconds the box registered it; it asked for 600. */
    public int granted() {
        return granted;
    }

    /** What the box knows it by. */
    public String instance() {
        return !traits.instance.isEmpty() ? traits.instance : "<urn:uuid:00000000-0000-4000-8000-%012d>".formatted(socket.getLocalPort());
    }

    /** The next request that the box sends it; it gets no answer. */
    public String hears() {
        var request = new DatagramPacket(new byte[8192], 8192);
        try {
            socket.receive(request);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new String(request.getData(), 0, request.getLength(), StandardCharsets.UTF_8);
    }

    private void register() throws IOException {
        var challenge = ask("REGISTER", "", "");
        var answer = ask("REGISTER", "", "Authorization: " + credentials(challenge, "REGISTER", target("")));
        if (!answer.startsWith("SIP/2.0 200")) {
            throw new AssertionError("Not registered: " + answer);
        }
        var expires = Pattern.compile("(?im)^contact:[^\\r\\n]*:" + socket.getLocalPort() + ">[^\\r\\n]*expires=(\\d+)").matcher(answer);
        granted = expires.find() ? Integer.parseInt(expires.group(1)) : 0;
    }

    /** Calls somebody whom it expects not to reach. @return the status that the box refuses with */
    public int refusedCall(String callee) {
        try {
            var challenge = ask("INVITE", callee, "");
            acknowledge(challenge, callee);
            var answer = ask("INVITE", callee, "Proxy-Authorization: " + credentials(challenge, "INVITE", target(callee)));
            acknowledge(answer, callee);
            return Integer.parseInt(answer.substring(8, 11));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for a NOTIFY and confirms it. @return its event */
    public String toldEvent() {
        try {
            var request = receive();
            var kept = Pattern.compile("(?im)^(via|from|to|call-id|cseq):.*\r\n").matcher(request).results().map(MatchResult::group).collect(Collectors.joining());
            send("SIP/2.0 200 OK\r\n" + kept + "Content-Length: 0\r\n\r\n");
            var event = Pattern.compile("(?im)^event: *(.*)$").matcher(request);
            return request.startsWith("NOTIFY ") && event.find() ? event.group(1) : request;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nothing came for a while. */
    public boolean isLeftAlone() {
        try {
            socket.setSoTimeout(500);
            receive();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String target(String user) {
        return "sip:" + (user.isEmpty() ? "" : user + "@") + box.config().domain();
    }

    private String credentials(String challenge, String method, String target) {
        var nonce = MD5_NONCE.matcher(challenge);
        if (!nonce.find()) {
            throw new AssertionError("No challenge for MD5: " + challenge);
        }
        var domain = box.config().domain();
        var response = md5(md5(number + ":" + domain + ":" + secret) + ":" + nonce.group(1) + ":00000001:test:auth:" + md5(method + ":" + target));
        return "Digest username=\"" + number + "\", realm=\"" + domain + "\", nonce=\"" + nonce.group(1) + "\", uri=\"" + target + "\", response=\"" + response
                + "\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"test\"\r\n";
    }

    /** @param callee empty for itself; @return the final answer */
    private String ask(String method, String callee, String authorization) throws IOException {
        var here = traits.address + ":" + socket.getLocalPort();
        var offer = callee.isEmpty() ? "" : "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 9 RTP/AVP 0\r\n";
        send(method + " " + target(callee) + " SIP/2.0\r\nVia: SIP/2.0/UDP " + here + ";branch=z9hG4bK" + here.hashCode() + ++sequence + ";rport\r\n"
                + "Max-Forwards: 70\r\nFrom: <" + target(number) + ">;tag=test\r\nTo: <" + target(callee.isEmpty() ? number : callee) + ">\r\nCall-ID: " + here
                + callee + "\r\nCSeq: " + sequence + " " + method + "\r\nContact: <sip:" + number + "@" + here + ">;+sip.instance=\"" + instance()
                + "\"\r\nExpires: 600\r\nUser-Agent: " + traits.userAgent + "\r\n" + traits.header + authorization + (offer.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
                + "Content-Length: " + offer.length() + "\r\n\r\n" + offer);
        var answer = receive();
        while (answer.startsWith("SIP/2.0 1")) {
            answer = receive();
        }
        return answer;
    }

    /** RFC 3261 17.1.1.3: as the INVITE it ends, with the tag of the answer. */
    private void acknowledge(String answer, String callee) throws IOException {
        var kept = Pattern.compile("(?im)^(via|from|to|call-id):.*\r\n").matcher(answer).results().map(MatchResult::group).collect(Collectors.joining());
        send("ACK " + target(callee) + " SIP/2.0\r\n" + kept + "CSeq: " + sequence + " ACK\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n");
    }

    private void send(String message) throws IOException {
        var bytes = message.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), box.config().sipPort()));
    }

    private String receive() throws IOException {
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
