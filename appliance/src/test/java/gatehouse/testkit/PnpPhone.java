package gatehouse.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Asks the group for its profile by real multicast on loopback, as a phone does when it boots. */
public final class PnpPhone implements AutoCloseable {
    private static final String GROUP = "224.0.1.75";
    private final DatagramSocket socket;
    private final int port;

    /** @param port of the group */
    public PnpPhone(int port) throws IOException {
        this(port, "127.0.0.1");
    }

    public PnpPhone(int port, String address) throws IOException {
        this(port, address, NetworkInterface.getByInetAddress(InetAddress.getByName("127.0.0.1")));
    }

    /** @param wire by which it asks */
    public PnpPhone(int port, String address, NetworkInterface wire) throws IOException {
        this.port = port;
        socket = new DatagramSocket(0, InetAddress.getByName(address));
        socket.setOption(StandardSocketOptions.IP_MULTICAST_IF, wire);
    }

    public int localPort() {
        return socket.getLocalPort();
    }

    /** As a Snom asks. */
    public String snom(String mac, String callId) {
        var own = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
        return "SUBSCRIBE sip:MAC%3a" + mac + "@" + GROUP + " SIP/2.0\r\nVia: SIP/2.0/UDP " + own + ";branch=z9hG4bK-" + callId + ";rport\r\n"
                + "Max-Forwards: 20\r\nFrom: <sip:MAC%3a" + mac + "@" + GROUP + ">;tag=abc\r\nTo: <sip:MAC%3a" + mac + "@" + GROUP + ">\r\nCall-ID: " + callId
                + "\r\nCSeq: 1 SUBSCRIBE\r\nEvent: ua-profile;profile-type=\"device\";vendor=\"snom\";model=\"snomD785\";version=\"10.1.169.13\"\r\n"
                + "Expires: 0\r\nAccept: application/url\r\nContact: <sip:" + own + ">\r\nContent-Length: 0\r\n\r\n";
    }

    /** As a Yealink asks: no separator after MAC, compact headers, the event folded. */
    public String yealink(String mac, String callId) {
        var own = socket.getLocalAddress().getHostAddress() + ":" + socket.getLocalPort();
        return "SUBSCRIBE sip:MAC" + mac + "@" + GROUP + " SIP/2.0\r\nv: SIP/2.0/UDP " + own + ";branch=z9hG4bK-" + callId + "\r\nf: <sip:MAC" + mac + "@" + GROUP
                + ">;tag=abc\r\nt: <sip:MAC" + mac + "@" + GROUP + ">\r\ni: " + callId + "\r\nCSeq: 1 SUBSCRIBE\r\no: ua-profile;profile-type=\"device\";\r\n"
                + " vendor=\"Yealink\";model=\"SIP-T46S\";version=\"66.86.0.15\"\r\nm: <sip:MAC" + mac + "@" + own + ">\r\nl: 0\r\n\r\n";
    }

    public void send(String request) throws IOException {
        var bytes = request.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, new InetSocketAddress(GROUP, port)));
    }

    /** What comes next; empty after {@code milliseconds} of silence. */
    public Optional<String> receive(int milliseconds) throws IOException {
        return packet(milliseconds).map(PnpPhone::text);
    }

    private Optional<DatagramPacket> packet(int milliseconds) throws IOException {
        var packet = new DatagramPacket(new byte[4_096], 4_096);
        socket.setSoTimeout(milliseconds);
        try {
            socket.receive(packet);
            return Optional.of(packet);
        } catch (SocketTimeoutException silence) {
            return Optional.empty();
        }
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    /** Asks, confirms the NOTIFY, and gives what came: the 200 and the NOTIFY. */
    public List<String> ask(String request) throws IOException {
        return ask(request, 5_000);
    }

    /** @param patience milliseconds until the first of them */
    public List<String> ask(String request, int patience) throws IOException {
        send(request);
        var all = new ArrayList<String>();
        for (var packet = packet(patience); packet.isPresent(); packet = packet(300)) {
            var text = text(packet.get());
            all.add(text);
            if (text.startsWith("NOTIFY")) {
                var ok = ("SIP/2.0 200 OK\r\n" + lines(text, "Via|From|To|Call-ID|CSeq") + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(ok, ok.length, packet.get().getSocketAddress()));
            }
        }
        return all;
    }

    /** The address that is told to the phone of {@code mac}. */
    public String addressFor(String mac) throws IOException {
        return body(ask(snom(mac, UUID.randomUUID().toString())).getLast());
    }

    public static String body(String message) {
        return message.substring(message.indexOf("\r\n\r\n") + 4);
    }

    private static String lines(String message, String names) {
        var found = Pattern.compile("(?m)^(?:" + names + "):.*\r\n").matcher(message);
        var text = new StringBuilder();
        while (found.find()) {
            text.append(found.group());
        }
        return text.toString();
    }

    @Override
    public void close() {
        socket.close();
    }
}
