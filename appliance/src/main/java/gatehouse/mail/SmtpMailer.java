package gatehouse.mail;

import gatehouse.mail.MailServer.Auth;
import gatehouse.mail.MailServer.Security;
import gatehouse.mail.SmtpConnection.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.net.ssl.SSLSocketFactory;

/** A {@link Mailer} that speaks SMTP, one connection a message: a box sends a few an hour. */
public final class SmtpMailer implements Mailer {
    private final Clock clock;
    private final String ownName;
    private final SSLSocketFactory tls;
    private final Set<SmtpConnection> open = ConcurrentHashMap.newKeySet();

    /** @param ownName how the box names itself to servers; @param tls decides which servers are trusted */
    public SmtpMailer(Clock clock, String ownName, SSLSocketFactory tls) {
        this.clock = clock;
        this.ownName = ownName;
        this.tls = tls;
    }

    @Override
    public void send(Mail mail, MailServer server) throws MailFailure {
        try (var connection = SmtpConnection.to(server, tls)) {
            open.add(connection);
            try {
                talk(connection, mail, server);
            } finally {
                open.remove(connection);
            }
        } catch (IOException e) {
            throw new MailFailure("The mail server " + server.host() + ":" + server.port() + " cannot be reached or broke off: "
                    + Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()) + ".", e);
        }
    }

    private void talk(SmtpConnection connection, Mail mail, MailServer server) throws IOException, MailFailure {
        wanted(connection.reply(), 220, "The mail server is not ready");
        var offered = greet(connection);
        if (server.security() == Security.STARTTLS && offers(offered, "STARTTLS")) {
            wanted(connection.command("STARTTLS"), 220, "The mail server did not begin TLS");
            connection.secure(server.host(), tls);
            offered = greet(connection); // what was offered in clear may have been somebody else's offer (RFC 3207 4.2)
        }
        signIn(connection, server, offered);
        wanted(connection.command("MAIL FROM:<" + server.sender() + ">"), 250, "The mail server does not take mail from " + server.sender());
        taken(connection.command("RCPT TO:<" + mail.to() + ">"), "The mail server does not take mail to " + mail.to());
        wanted(connection.command("DATA"), 354, "The mail server does not take the message");
        taken(connection.message(Mime.message(mail, server, clock.instant())), "The mail server refused the message");
        connection.command("QUIT");
    }

    private List<String> greet(SmtpConnection connection) throws IOException, MailFailure {
        var hello = connection.command("EHLO " + ownName);
        if (hello.code() != 250) {
            hello = connection.command("HELO " + ownName);
        }
        wanted(hello, 250, "The mail server does not speak with this box");
        return hello.lines();
    }

    private static void signIn(SmtpConnection connection, MailServer server, List<String> offered) throws IOException, MailFailure {
        if (server.auth() == Auth.DISABLE || server.password().isEmpty()) {
            return;
        }
        if (server.security() == Security.STARTTLS && !connection.isSecure()) {
            throw new MailFailure("The mail server offers no STARTTLS, so the password was not sent. Use TLS from the start, or turn both off.", false);
        }
        var password = server.password().get();
        var mechanism = mechanism(server.auth(), offered);
        if (mechanism == Auth.PLAIN) {
            wanted(connection.command("AUTH PLAIN " + base64("\0" + server.username() + "\0" + password)), 235, "The mail server refused the password");
            return;
        }
        wanted(connection.command("AUTH LOGIN"), 334, "The mail server does not let this box sign in");
        wanted(connection.command(base64(server.username())), 334, "The mail server does not know the user name");
        wanted(connection.command(base64(password)), 235, "The mail server refused the password");
    }

    private static Auth mechanism(Auth asked, List<String> offered) throws MailFailure {
        var mechanisms = offered.stream().map(line -> line.toUpperCase(Locale.ROOT)).filter(line -> line.startsWith("AUTH"))
                .flatMap(line -> Arrays.stream(line.substring(4).split("[ =]"))).toList();
        return Stream.of(Auth.PLAIN, Auth.LOGIN).filter(one -> asked == Auth.AUTO || asked == one).filter(one -> mechanisms.contains(one.name())).findFirst()
                .orElseThrow(() -> new MailFailure("The mail server does not offer to sign in by " + (asked == Auth.AUTO ? "PLAIN or LOGIN" : asked)
                        + " here; it may want TLS first.", false));
    }

    private static boolean offers(List<String> offered, String extension) {
        return offered.stream().anyMatch(line -> line.equalsIgnoreCase(extension));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What goes wrong here is the settings' or the server's fault, and may be put right. */
    private static void wanted(Reply reply, int code, String otherwise) throws MailFailure {
        if (reply.code() != code) {
            throw new MailFailure(otherwise + ": " + reply.text(), false);
        }
    }

    /** What goes wrong here may be the message's own fault: a 5xx says so for good (RFC 5321 4.2.1). */
    private static void taken(Reply reply, String otherwise) throws MailFailure {
        if (reply.code() / 100 != 2) {
            throw new MailFailure(otherwise + ": " + reply.text(), reply.code() / 100 == 5);
        }
    }

    @Override
    public void close() {
        open.forEach(SmtpConnection::close);
    }
}
