package gatehouse.mail;

import gatehouse.mail.MailServer.Security;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Commands and replies of SMTP on one connection (RFC 5321 2.3.7, 4.2). Belongs to one thread, but any may close it. */
final class SmtpConnection implements AutoCloseable {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int SILENCE_MILLIS = 60_000; // servers that scan a message take their time; RFC 5321 4.5.3.2 would grant ten minutes
    private static final int LONGEST_LINE = 2_000;
    private static final int MOST_LINES = 100;

    /** @param lines without their codes */
    record Reply(int code, List<String> lines) {
        String text() {
            return code + " " + String.join(" ", lines);
        }
    }

    private volatile Socket socket;
    private InputStream in;
    private OutputStream out;

    private SmtpConnection(Socket socket) throws IOException {
        use(socket);
    }

    private void use(Socket other) throws IOException {
        socket = other;
        in = new BufferedInputStream(other.getInputStream());
        out = other.getOutputStream();
    }

    static SmtpConnection to(MailServer server, SSLSocketFactory tls) throws IOException {
        var socket = new Socket();
        try {
            socket.setSoTimeout(SILENCE_MILLIS);
            socket.connect(new InetSocketAddress(server.host(), server.port()), CONNECT_MILLIS);
            var connection = new SmtpConnection(socket);
            if (server.security() == Security.TLS) {
                connection.secure(server.host(), tls);
            }
            return connection;
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /** From here on in TLS, with a server that proves its name; what it said before that and was not read yet counts no more. */
    void secure(String host, SSLSocketFactory tls) throws IOException {
        var secured = (SSLSocket) tls.createSocket(socket, host, socket.getPort(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        use(secured);
    }

    boolean isSecure() {
        return socket instanceof SSLSocket;
    }

    Reply command(String line) throws IOException {
        if (line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("A command is one line");
        }
        out.write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
        return reply();
    }

    /** @param message whole lines, none of which begins with a dot */
    Reply message(byte[] message) throws IOException {
        out.write(message);
        out.write(".\r\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return reply();
    }

    Reply reply() throws IOException {
        var lines = new ArrayList<String>();
        while (true) {
            var line = line();
            if (!line.matches("[2-5]\\d\\d([ -].*)?")) {
                throw new IOException("it does not speak SMTP");
            }
            lines.add(line.substring(Math.min(4, line.length())));
            if (line.length() == 3 || line.charAt(3) == ' ') {
                return new Reply(Integer.parseInt(line.substring(0, 3)), List.copyOf(lines));
            }
            if (lines.size() > MOST_LINES) {
                throw new IOException("it says too much");
            }
        }
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("it hung up");
            }
            if (line.size() > LONGEST_LINE) {
                throw new IOException("its lines are too long");
            }
            if (b >= ' ' && b < 127) { // what it says goes into messages and logs
                line.write(b);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
