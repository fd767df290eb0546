package gatehouse.testkit.phones;

import gatehouse.testkit.ProvisionedAccount;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A line over UDP: registers with digest (RFC 3261 10, MD5), asks again as timer E has it, and answers NOTIFY. */
final class SipLine implements AutoCloseable {
    private static final Pattern NONCE = Pattern.compile("(?im)^WWW-Authenticate:(?=.*algorithm=MD5\\b(?!-)).*?realm=\"([^\"]*)\".*?nonce=\"([^\"]+)\"|"
            + "^WWW-Authenticate:(?=.*algorithm=MD5\\b(?!-)).*?nonce=\"([^\"]+)\".*?realm=\"([^\"]*)\"");
    private static final int FIRST_WAIT_MILLIS = 500; // T1
    private static final int LONGEST_WAIT_MILLIS = 4_000; // T2
    private static final int GIVE_UP_MILLIS = 32_000; // timer F
    private static final String OWN_NONCE = "phones-own-nonce";

    /** What an order to fetch files leads to. */
    interface Orders {
        void ordered(String event);
    }

    private final DatagramSocket socket;
    private final ProvisionedAccount account;
    private final String agent;
    private final String instance;
    private final boolean proves;
    private final Orders orders;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final String started = UUID.randomUUID().toString(); // makes its calls and branches its own: the next line may have the same port
    private volatile boolean closed;
    private int sequence;

    SipLine(InetAddress here, ProvisionedAccount account, String agent, String mac, boolean proves, Orders orders) throws IOException {
        this.socket = new DatagramSocket(0, here);
        this.account = account;
        this.agent = agent;
        this.instance = "<urn:uuid:00000000-0000-1000-8000-" + mac + ">";
        this.proves = proves;
        this.orders = orders;
        Thread.ofVirtual().start(this::listen);
    }

    private void listen() {
        var packet = new DatagramPacket(new byte[4_096], 4_096);
        while (!closed) {
            try {
                packet.setLength(4_096);
                socket.receive(packet);
                var message = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                if (message.startsWith("SIP/2.0 ")) {
                    answers.add(message);
                } else if (message.startsWith("NOTIFY ")) {
                    notified(message, packet);
                }
            } catch (IOException e) {
                if (!closed) {
                    answers.add("SIP/2.0 500 " + e.getMessage());
                }
            }
        }
    }

    private void notified(String message, DatagramPacket packet) throws IOException {
        var known = !proves || message.contains("response=\"" + digest(account.authUser(), "phone.test", OWN_NONCE, "NOTIFY", uri(message), credential(message, "cnonce"),
                credential(message, "nc")) + "\"");
        var challenge = known ? "" : "WWW-Authenticate: Digest realm=\"phone.test\", nonce=\"" + OWN_NONCE + "\", algorithm=MD5, qop=\"auth\"\r\n";
        var kept = Pattern.compile("(?im)^(via|from|to|call-id|cseq):.*\r\n").matcher(message).results().map(MatchResult::group).collect(Collectors.joining());
        var answer = ("SIP/2.0 " + (known ? "200 OK" : "401 Unauthorized") + "\r\n" + kept + challenge + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
        var event = Pattern.compile("(?im)^event: *([^\r\n]*)").matcher(message);
        if (known && event.find()) {
            orders.ordered(event.group(1));
        }
    }

    private static String uri(String message) {
        return message.split(" ")[1];
    }

    private static String credential(String message, String name) {
        var found = Pattern.compile("[ ,]" + name + "=\"?([^\",\r]+)").matcher(message);
        return found.find() ? found.group(1) : "";
    }

    /** @throws AssertionError when the box does not let it in */
    void register() throws IOException, InterruptedException {
        var challenge = ask("REGISTER", "");
        var found = NONCE.matcher(challenge);
        if (!challenge.startsWith("SIP/2.0 401") || !found.find()) {
            throw new AssertionError("Expected a challenge: " + challenge);
        }
        var realm = found.group(1) != null ? found.group(1) : found.group(4);
        var nonce = found.group(2) != null ? found.group(2) : found.group(3);
        var target = "sip:" + account.domain();
        var answer = ask("REGISTER", "Authorization: Digest username=\"" + account.authUser() + "\", realm=\"" + realm + "\", nonce=\"" + nonce + "\", uri=\"" + target
                + "\", response=\"" + digest(account.authUser(), realm, nonce, "REGISTER", target, "simulated", "00000001")
                + "\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"simulated\"\r\n");
        if (!answer.startsWith("SIP/2.0 200")) {
            throw new AssertionError("Not registered: " + answer);
        }
    }

    /** A question that costs the box next to nothing. */
    void options() throws IOException, InterruptedException {
        ask("OPTIONS", "");
    }

    private String ask(String method, String authorization) throws IOException, InterruptedException {
        int asked = ++sequence;
        var here = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
        var aor = "sip:" + account.user() + "@" + account.domain();
        var request = (method + " sip:" + account.domain() + " SIP/2.0\r\nVia: SIP/2.0/UDP " + here + ";branch=z9hG4bK" + started + "." + asked
                + ";rport\r\nMax-Forwards: 70\r\nFrom: <" + aor + ">;tag=" + instance.hashCode() + "\r\nTo: <" + aor + ">\r\nCall-ID: " + started + "@" + here + "\r\nCSeq: " + asked
                + " " + method + "\r\nContact: <sip:" + account.user() + "@" + here + ">;+sip.instance=\"" + instance + "\"\r\nExpires: 600\r\nUser-Agent: " + agent + "\r\n"
                + authorization + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        int wait = FIRST_WAIT_MILLIS;
        for (int waited = 0; waited < GIVE_UP_MILLIS; waited += wait, wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS)) {
            socket.send(new DatagramPacket(request, request.length, InetAddress.getByName(account.server()), account.port()));
            for (var answer = answers.poll(wait, TimeUnit.MILLISECONDS); answer != null; answer = answers.poll(wait, TimeUnit.MILLISECONDS)) {
                if (answer.contains("CSeq: " + asked + " " + method) && !answer.startsWith("SIP/2.0 1")) {
                    return answer;
                }
            }
        }
        throw new IOException("Nobody answered " + method + " of " + account.user());
    }

    private String digest(String user, String realm, String nonce, String method, String uri, String cnonce, String count) {
        return md5(md5(user + ":" + realm + ":" + account.secret()) + ":" + nonce + ":" + count + ":" + cnonce + ":auth:" + md5(method + ":" + uri));
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
        closed = true;
        socket.close();
    }
}
