package gatehouse.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Asks with OPTIONS over UDP, and hears what comes. Also says REGISTER with credentials that a test makes up. */
public final class SipPing implements AutoCloseable {
    private static final int LONG_ENOUGH_MILLIS = 5_000;

    private final DatagramSocket socket;
    private final int port;
    private int sequence;

    public SipPing(int port) {
        this.port = port;
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            socket.setSoTimeout(LONG_ENOUGH_MILLIS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the Call-ID */
    public String send(String method, String headers) {
        var here = "127.0.0.1:" + socket.getLocalPort();
        var call = method + ++sequence + "@" + here;
        var bytes = (method + " sip:box.test SIP/2.0\r\nVia: SIP/2.0/UDP " + here + ";branch=z9hG4bK" + here.hashCode() + sequence + ";rport\r\nMax-Forwards: 70\r\n"
                + "From: <sip:101@box.test>;tag=t\r\nTo: <sip:101@box.test>\r\nCall-ID: " + call + "\r\nCSeq: " + sequence + " " + method + "\r\n" + headers
                + "Content-Length: 0\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return call;
    }

    /** The next answer, whatever it answers. */
    public String receive() {
        try {
            var answer = new DatagramPacket(new byte[8192], 8192);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
        } catch (SocketTimeoutException nobody) {
            throw new AssertionError("Nobody answers on port " + port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String ask(String method, String headers) {
        send(method, headers);
        return receive();
    }

    @Override
    public void close() {
        socket.close();
    }
}
