package gatehouse.testkit.phones;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Fetches as a phone does: from its own address, HTTP over one connection that is kept, TFTP a block after the other (RFC 1350). Not thread-safe. */
final class FileClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    /** @param headers by their names in lower case */
    record Reply(int status, Map<String, String> headers, String body) { }

    private final InetAddress here;
    private Socket socket;
    private BufferedInputStream in;

    FileClient(InetAddress here) {
        this.here = here;
    }

    /** @param more header lines, each with its line's end */
    Reply http(String method, URI url, String agent, String more, byte[] body) throws IOException {
        if (socket == null) {
            socket = new Socket();
            socket.bind(new InetSocketAddress(here, 0));
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            in = new BufferedInputStream(socket.getInputStream());
        }
        var head = method + " " + url.getRawPath() + (url.getRawQuery() == null ? "" : "?" + url.getRawQuery()) + " HTTP/1.1\r\nHost: " + url.getHost() + ":" + url.getPort() + "\r\nUser-Agent: " + agent + "\r\n" + more
                + (method.equals("PUT") ? "Content-Length: " + body.length + "\r\n" : "") + "\r\n";
        var out = new ByteArrayOutputStream();
        out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(body);
        socket.getOutputStream().write(out.toByteArray());
        return reply();
    }

    private Reply reply() throws IOException {
        var status = Integer.parseInt(line().split(" ")[1]);
        var headers = new TreeMap<String, String>();
        for (var line = line(); !line.isEmpty(); line = line()) {
            headers.put(line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT), line.substring(line.indexOf(':') + 1).strip());
        }
        var length = status == 304 || status == 204 ? 0 : Integer.parseInt(headers.getOrDefault("content-length", "0"));
        var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
        if ("close".equalsIgnoreCase(headers.get("connection"))) {
            close();
        }
        return new Reply(status, headers, body);
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The box hung up after: " + line);
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }

    /** Empty when the server says that it is not there. */
    Optional<String> tftp(int port, String file) throws IOException {
        try (var udp = new DatagramSocket(0, here)) {
            udp.setSoTimeout(PATIENCE_MILLIS);
            var request = new ByteArrayOutputStream();
            request.writeBytes(new byte[] {0, 1});
            request.writeBytes((file + "\0octet\0").getBytes(StandardCharsets.US_ASCII));
            udp.send(new DatagramPacket(request.toByteArray(), request.size(), InetAddress.getLoopbackAddress(), port));
            var content = new ByteArrayOutputStream();
            for (int expected = 1; ; ) {
                var block = new DatagramPacket(new byte[516], 516);
                udp.receive(block);
                var data = block.getData();
                if (data[1] == 5) {
                    return Optional.empty();
                }
                int number = (data[2] & 0xff) << 8 | data[3] & 0xff;
                if (number == expected) {
                    content.write(data, 4, block.getLength() - 4);
                    expected++;
                }
                udp.send(new DatagramPacket(new byte[] {0, 4, data[2], data[3]}, 4, block.getSocketAddress()));
                if (number == expected - 1 && block.getLength() < 516) {
                    return Optional.of(content.toString(StandardCharsets.UTF_8));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
