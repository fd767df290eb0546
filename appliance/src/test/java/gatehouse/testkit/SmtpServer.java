package gatehouse.testkit;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server on loopback that speaks SMTP (RFC 5321), AUTH PLAIN and LOGIN (RFC 4954) and STARTTLS (RFC 3207), and keeps what it takes. */
public final class SmtpServer implements AutoCloseable {
    private static final Pattern ENCODED = Pattern.compile("=\\?UTF-8\\?([BQ])\\?([^?]*)\\?=(?:\\s+(?==\\?))?");

    /** @param data as it came, dots undone */
    public record Received(String sender, String recipient, boolean secured, Optional<String> user, String data) {
        /** A header, unfolded and decoded. */
        public String header(String name) {
            for (var line : data.substring(0, data.indexOf("\r\n\r\n")).replace("\r\n ", " ").split("\r\n")) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
                    return ENCODED.matcher(line.substring(name.length() + 1).strip()).replaceAll(word ->
                            Matcher.quoteReplacement(decoded(word.group(1), word.group(2))));
                }
            }
            return "";
        }

        private static String decoded(String encoding, String word) { // RFC 2047 4
            return new String(encoding.equals("B") ? Base64.getDecoder().decode(word) : Pattern.compile("=(..)").matcher(word.replace('_', ' ')).replaceAll(octet ->
                    Matcher.quoteReplacement(Character.toString(HexFormat.fromHexDigits(octet.group(1))))).getBytes(StandardCharsets.ISO_8859_1),
                    StandardCharsets.UTF_8);
        }

        /** The decoded bodies by media type; a type that comes twice keeps its last. */
        public Map<String, String> parts() {
            var parts = new LinkedHashMap<String, String>();
            Pattern.compile("Content-Type: ([a-z]+/[a-z0-9.-]+)[^\r]*\r\nContent-Transfer-Encoding: base64\r\n(?:[A-Z][^\r]*\r\n)*\r\n([A-Za-z0-9+/=\r\n]*)").matcher(data).results()
                    .forEach(part -> parts.put(part.group(1), new String(Base64.getMimeDecoder().decode(part.group(2)), StandardCharsets.UTF_8)));
            return parts;
        }

        public String text() {
            return parts().getOrDefault("text/plain", "");
        }
    }

    private final ServerSocket listening;
    private final Optional<SSLContext> tls;
    private final boolean tlsFirst;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Map<String, String> accounts = new LinkedHashMap<>();
    private final List<String> refusals = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile String mechanisms = "PLAIN LOGIN";

    private SmtpServer(int port, Optional<SSLContext> tls, boolean tlsFirst) {
        this(InetAddress.getLoopbackAddress(), port, tls, tlsFirst);
    }

    private SmtpServer(InetAddress address, int port, Optional<SSLContext> tls, boolean tlsFirst) {
        try {
            listening = new ServerSocket(port, 20, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.tls = tls;
        this.tlsFirst = tlsFirst;
        Thread.ofVirtual().start(this::accept);
    }

    public static SmtpServer start() {
        return start(FreePorts.one());
    }

    public static SmtpServer start(int port) {
        return new SmtpServer(port, Optional.empty(), false);
    }

    public static SmtpServer offeringStartTls(SSLContext tls) {
        return new SmtpServer(FreePorts.one(), Optional.of(tls), false);
    }

    public static SmtpServer inTls(SSLContext tls) {
        return new SmtpServer(FreePorts.one(), Optional.of(tls), true);
    }

    /** At an address other than the usual one, so that its certificate names somebody else. */
    public static SmtpServer at(InetAddress address, SSLContext tls, boolean tlsFirst) {
        return new SmtpServer(address, 0, Optional.of(tls), tlsFirst);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** From now on nobody sends without signing in. */
    public SmtpServer account(String user, String password) {
        accounts.put(user, password);
        return this;
    }

    public SmtpServer mechanisms(String offered) {
        mechanisms = offered;
        return this;
    }

    /** The next command that begins with {@code command} is answered with {@code reply}; a second call the one after. */
    public SmtpServer refuseOnce(String command, String reply) {
        refusals.add(command + "|" + reply);
        return this;
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    /** The newest message to {@code recipient}, once there are {@code count}; waits for it with a bound. */
    public Received await(String recipient, int count) {
        return Eventually.eventually(Duration.ofSeconds(20), () -> to(recipient), all -> all.size() >= count).getLast();
    }

    public List<Received> to(String recipient) {
        return received.stream().filter(mail -> mail.recipient().equals(recipient)).toList();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var socket = listening.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket plain) {
        try (Closeable _ = plain) {
            new Talk(tlsFirst ? secured(plain) : plain, tlsFirst).run();
        } catch (IOException clientIsGone) {
            // A test that cares looks at what was received.
        }
    }

    private SSLSocket secured(Socket plain) throws IOException {
        var secured = (SSLSocket) tls.orElseThrow().getSocketFactory().createSocket(plain, null, plain.getPort(), true);
        secured.setUseClientMode(false);
        secured.startHandshake();
        return secured;
    }

    /** One connection. */
    private final class Talk {
        private Socket socket;
        private BufferedReader in;
        private boolean isSecure;
        private Optional<String> user = Optional.empty();
        private String sender = "";
        private final List<String> recipients = new ArrayList<>();

        Talk(Socket socket, boolean isSecure) throws IOException {
            use(socket, isSecure);
        }

        private void use(Socket other, boolean secure) throws IOException {
            socket = other;
            isSecure = secure;
            in = new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8));
        }

        private void say(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        void run() throws IOException {
            say("220 loopback ready");
            for (var line = in.readLine(); line != null; line = in.readLine()) {
                var command = line.toUpperCase(Locale.ROOT);
                var refused = refusals.stream().filter(one -> command.startsWith(one.substring(0, one.indexOf('|')))).findFirst();
                if (refused.isPresent()) {
                    refusals.remove(refused.get());
                    say(refused.get().substring(refused.get().indexOf('|') + 1));
                } else if (!answer(line, command)) {
                    return;
                }
            }
        }

        private boolean answer(String line, String command) throws IOException {
            if (command.startsWith("EHLO")) {
                hello();
            } else if (command.equals("STARTTLS") && tls.isPresent() && !isSecure) {
                say("220 go on");
                use(secured(socket), true);
            } else if (command.startsWith("AUTH PLAIN ")) {
                var parts = decoded(line.substring(11)).split("\0", -1);
                signIn(parts[1], parts[2]);
            } else if (command.equals("AUTH LOGIN")) {
                say("334 VXNlcm5hbWU6");
                var name = decoded(in.readLine());
                say("334 UGFzc3dvcmQ6");
                signIn(name, decoded(in.readLine()));
            } else if (command.startsWith("MAIL FROM:")) {
                sender = inBrackets(line);
                recipients.clear();
                say(accounts.isEmpty() || user.isPresent() ? "250 ok" : "530 sign in first");
            } else if (command.startsWith("RCPT TO:")) {
                recipients.add(inBrackets(line));
                say("250 ok");
            } else if (command.equals("DATA")) {
                say("354 go on");
                take();
            } else if (command.equals("QUIT")) {
                say("221 bye");
                return false;
            } else {
                say("502 not known here");
            }
            return true;
        }

        private void hello() throws IOException {
            say("250-loopback greets you");
            if (tls.isPresent() && !isSecure) {
                say("250-STARTTLS");
            }
            if (!accounts.isEmpty()) {
                say("250-AUTH " + mechanisms);
            }
            say("250 SIZE 10000000");
        }

        private void signIn(String name, String password) throws IOException {
            if (password.equals(accounts.get(name))) {
                user = Optional.of(name);
                say("235 welcome");
            } else {
                say("535 wrong name or password");
            }
        }

        private void take() throws IOException {
            var data = new StringBuilder();
            for (var line = in.readLine(); !line.equals("."); line = in.readLine()) {
                data.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
            }
            var refused = refusals.stream().filter(one -> one.startsWith(".|")).findFirst();
            if (refused.isPresent()) {
                refusals.remove(refused.get());
                say(refused.get().substring(2));
                return;
            }
            recipients.forEach(to -> received.add(new Received(sender, to, isSecure, user, data.toString())));
            say("250 taken");
        }
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static String inBrackets(String line) {
        return line.substring(line.indexOf('<') + 1, line.indexOf('>'));
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (var socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
