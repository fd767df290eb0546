package gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A phone over UDP for what no real one does on demand: it says back what it hears, answers everything at once, refuses when it is told to, and
 * names its calls in a REFER. Thread-safe.
 */
public final class PlainPhone implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final Pattern NONCE = Pattern.compile("(?im)^(?:WWW|Proxy)-Authenticate:(?=.*algorithm=MD5\\b(?!-))[^\\n]*nonce=\"([^\"]+)\"");

    /** One call as this phone knows it. */
    public static final class Call {
        private final String id;
        private final String localTag;
        private final String local;
        private final String remote;
        private volatile String remoteTag = "";
        private volatile String target;
        private int sequence;

        private Call(String id, String localTag, String local, String remote, String target) {
            this.id = id;
            this.localTag = localTag;
            this.local = local;
            this.remote = remote;
            this.target = target;
        }

        /** As a Replaces header names it (RFC 3891), from the box's side. */
        public String replaces() {
            return id + ";to-tag=" + remoteTag + ";from-tag=" + localTag;
        }
    }

    private final String domain;
    private final int boxPort;
    private final String number;
    private final String secret;
    private final DatagramSocket sip;
    private final DatagramSocket rtp;
    private final List<String> heard = new ArrayList<>();
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final Map<String, Call> calls = new ConcurrentHashMap<>();
    private final Set<String> gone = ConcurrentHashMap.newKeySet();
    private volatile String lastInvite = "";
    private volatile String lastOk = "";
    private volatile boolean stubborn;
    private int made;

    /** Registered once this returns. */
    public PlainPhone(Box box, String number) {
        this(box.config().domain(), box.config().sipPort(), number, Box.secret(number));
        var answer = register();
        if (!answer.startsWith("SIP/2.0 200")) {
            throw new AssertionError("Not registered: " + answer);
        }
    }

    /** One that is not registered. */
    public PlainPhone(String domain, int boxPort, String number, String secret) {
        this.domain = domain;
        this.boxPort = boxPort;
        this.number = number;
        this.secret = secret;
        try {
            sip = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            rtp = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
        Thread.ofVirtual().start(this::echo);
    }

    /** Where it listens. */
    public int port() {
        return sip.getLocalPort();
    }

    // ——— What the person at the phone does ———

    /** @return the final answer */
    public String register() {
        return asked(new Call(fresh(), fresh(), address(number), address(number), "sip:" + domain), "REGISTER", "Expires: 600\r\n", "");
    }

    /** Calls, and waits until it is answered. */
    public Call dial(String called) {
        return dial(called, "");
    }

    /** @param headers whole lines */
    public Call dial(String called, String headers) {
        var call = new Call(fresh(), fresh(), address(number), address(called), "sip:" + called + "@" + domain);
        var answer = asked(call, "INVITE", headers, description("sendrecv"));
        if (!answer.startsWith("SIP/2.0 200")) {
            throw new AssertionError("Not answered: " + answer);
        }
        return call;
    }

    /** Calls, and waits until it rings there. */
    public Call ring(String called) {
        var call = new Call(fresh(), fresh(), address(number), address(called), "sip:" + called + "@" + domain);
        Thread.ofVirtual().start(() -> asked(call, "INVITE", "", description("sendrecv")));
        established(call, await(message -> message.startsWith("SIP/2.0 180") && header(message, "Call-ID").equals(call.id)), "To");
        return call;
    }

    /** The call that came in last. */
    public Call awaitCall() {
        var invite = await(message -> message.startsWith("INVITE ") && !header(message, "To").contains("tag="));
        return Eventually.eventually(BOUND, () -> calls.get(header(invite, "Call-ID")), call -> call != null);
    }

    /** Offers {@code direction}. @return the final answer */
    public String reinvite(Call call, String direction) {
        return asked(call, "INVITE", "", description(direction));
    }

    /** @return the final answer */
    public String refer(Call call, String to) {
        return asked(call, "REFER", "Refer-To: <" + to + ">\r\n", "");
    }

    /** @return the final answer */
    public String invite(String called, String headers) {
        return asked(new Call(fresh(), fresh(), address(number), address(called), "sip:" + called + "@" + domain), "INVITE", headers,
                description("sendrecv"));
    }

    public void hangUp(Call call) {
        asked(call, "BYE", "", "");
    }

    /** The next INVITE gets that alone: 0 for nothing at all. */
    public void answerNext(int status) {
        synchronized (statuses) {
            statuses.add(status);
        }
    }

    /** From now on an INVITE that is cancelled gets no final answer. */
    public void ignoreCancel() {
        stubborn = true;
    }

    /** Loses its power and comes back: it knows that call no more. */
    public void forget(Call call) {
        gone.add(call.id);
    }

    /** Sends its last 200 to an INVITE again, as if no ACK had come. */
    public void repeatOk() {
        send(lastOk);
    }

    /** @return the final answer */
    public String update(Call call) {
        return asked(call, "UPDATE", "", "");
    }

    // ——— What the phone shows ———

    /** The first message it got, or gets, that fits. */
    public String await(Predicate<String> wanted) {
        return Eventually.eventually(BOUND, () -> {
            synchronized (heard) {
                return heard.stream().filter(wanted).findFirst().orElse(null);
            }
        }, message -> message != null);
    }

    public long count(Predicate<String> wanted) {
        synchronized (heard) {
            return heard.stream().filter(wanted).count();
        }
    }

    /** Waits until the box has ended that call. */
    public void awaitEnd(Call call) {
        await(message -> message.startsWith("BYE ") && header(message, "Call-ID").equals(call.id));
    }

    /** What a header says; empty when there is none. */
    public static String header(String message, String name) {
        return message.lines().takeWhile(line -> !line.isEmpty()).filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse("");
    }

    // ——— On the wire ———

    private String asked(Call call, String method, String headers, String body) {
        var first = ask(call, method, headers, body);
        var nonce = NONCE.matcher(first);
        if (!first.startsWith("SIP/2.0 40") || !nonce.find()) {
            return first;
        }
        var response = md5(md5(number + ":" + domain + ":" + secret) + ":" + nonce.group(1) + ":00000001:test:auth:" + md5(method + ":" + call.target));
        return ask(call, method, headers + (first.startsWith("SIP/2.0 401") ? "" : "Proxy-") + "Authorization: Digest username=\"" + number + "\", realm=\"" + domain
                + "\", nonce=\"" + nonce.group(1) + "\", uri=\"" + call.target + "\", response=\"" + response
                + "\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"test\"\r\n", body);
    }

    private String ask(Call call, String method, String headers, String body) {
        int sequence;
        synchronized (this) {
            sequence = ++call.sequence;
        }
        send(request(call, method, sequence, headers, body));
        var answer = await(message -> message.startsWith("SIP/2.0 ") && !message.startsWith("SIP/2.0 1") && header(message, "Call-ID").equals(call.id)
                && header(message, "CSeq").equals(sequence + " " + method));
        if (method.equals("INVITE")) {
            if (answer.startsWith("SIP/2.0 2")) {
                established(call, answer, "To");
            }
            send(request(call, "ACK", sequence, "", ""));
        }
        return answer;
    }

    private void established(Call call, String message, String from) {
        call.remoteTag = header(message, from).replaceFirst(".*;tag=", "").replaceFirst(";.*", "");
        call.target = header(message, "Contact").replaceFirst(".*<([^>]*)>.*", "$1");
        calls.put(call.id, call);
    }

    private String request(Call call, String method, int sequence, String headers, String body) {
        return "%s %s SIP/2.0\r\nVia: SIP/2.0/UDP %s;branch=z9hG4bK%s;rport\r\nMax-Forwards: 70\r\nFrom: <%s>;tag=%s\r\nTo: <%s>%s\r\nCall-ID: %s\r\nCSeq: %d %s\r\n"
                .formatted(method, call.target, here(), fresh(), call.local, call.localTag, call.remote,
                        call.remoteTag.isEmpty() ? "" : ";tag=" + call.remoteTag, call.id, sequence, method) + contact() + headers + content(body);
    }

    private void listen() {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        try {
            while (true) {
                sip.receive(packet);
                var message = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                if (!message.startsWith("SIP/2.0") && !message.startsWith("ACK ")) {
                    answer(message);
                }
                synchronized (heard) {
                    heard.add(message);
                }
            }
        } catch (IOException closed) {
            // the phone is gone
        }
    }

    private void answer(String request) {
        var call = calls.computeIfAbsent(header(request, "Call-ID"), id -> new Call(id, fresh(), address(number),
                header(request, "From").replaceFirst(".*<([^>]*)>.*", "$1"), ""));
        if (request.startsWith("INVITE ")) {
            invited(call, request);
        } else {
            send(response(call, request, gone.contains(call.id) ? 481 : 200, ""));
        }
        if (request.startsWith("CANCEL ") && !stubborn) {
            send(response(call, lastInvite, 487, ""));
        }
    }

    private void invited(Call call, String request) {
        lastInvite = request;
        Integer status;
        synchronized (statuses) {
            status = statuses.poll();
        }
        established(call, request, "From");
        if (status == null) {
            lastOk = response(call, request, 200, description(request.contains("a=sendonly") ? "recvonly" : request.contains("a=inactive") ? "inactive" : "sendrecv"));
            send(lastOk);
        } else if (status > 0) {
            send(response(call, request, status, ""));
        }
    }

    private String response(Call call, String request, int status, String body) {
        var to = header(request, "To");
        return "SIP/2.0 %d Answer\r\nVia: %s\r\nFrom: %s\r\nTo: %s\r\nCall-ID: %s\r\nCSeq: %s\r\n".formatted(status, header(request, "Via"),
                header(request, "From"), to.contains("tag=") ? to : to + ";tag=" + call.localTag, call.id, header(request, "CSeq")) + contact() + content(body);
    }

    private void send(String message) {
        var bytes = message.getBytes(StandardCharsets.UTF_8);
        try {
            sip.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), boxPort));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void echo() {
        var packet = new DatagramPacket(new byte[2_048], 2_048);
        try {
            while (true) {
                rtp.receive(packet);
                rtp.send(packet); // back to where it came from
                packet.setLength(2_048);
            }
        } catch (IOException closed) {
            // the phone is gone
        }
    }

    private String here() {
        return "127.0.0.1:" + sip.getLocalPort();
    }

    private String address(String who) {
        return "sip:" + who + "@" + domain;
    }

    private String contact() {
        return "Contact: <sip:" + number + "@" + here() + ">\r\n";
    }

    private synchronized String fresh() {
        return "plain" + sip.getLocalPort() + "x" + ++made + "x" + System.nanoTime();
    }

    private static String content(String body) {
        return (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String description(String direction) {
        return "v=0\r\no=- 1 " + ++made + " IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + rtp.getLocalPort()
                + " RTP/AVP 0 8\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\na=" + direction + "\r\n";
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
        sip.close();
        rtp.close();
    }
}
