package gatehouse.mail;

import gatehouse.mail.MailServer.Security;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.SocketFetcher;
import org.eclipse.angus.mail.util.WriteTimeoutSocket;

/** A {@link Mailer} by Angus Mail, one connection a message: a box sends a few an hour. */
public final class SmtpMailer implements Mailer {
    private static final int SILENCE_MILLIS = 60_000; // servers that scan a message take their time; RFC 5321 4.5.3.2 would grant ten minutes

    private final Clock clock;
    private final String ownName;
    private final SSLSocketFactory tls;
    private final int silenceMillis;
    private final Set<Line> open = ConcurrentHashMap.newKeySet();

    /** @param ownName how the box names itself to servers; @param tls decides which servers are trusted */
    public SmtpMailer(Clock clock, String ownName, SSLSocketFactory tls) {
        this(clock, ownName, tls, SILENCE_MILLIS);
    }

    /** @param silenceMillis how long a server may neither speak nor listen */
    SmtpMailer(Clock clock, String ownName, SSLSocketFactory tls, int silenceMillis) {
        this.clock = clock;
        this.ownName = ownName;
        this.tls = tls;
        this.silenceMillis = silenceMillis;
    }

    @Override
    public void send(Mail mail, MailServer server) throws MailFailure {
        var session = Session.getInstance(properties(server));
        var message = message(session, mail, server);
        try (var line = new Line(silenceMillis); var timed = new WriteTimeoutSocket(line, silenceMillis)) {
            open.add(line);
            try {
                line.connect(server);
                var socket = server.security() == Security.TLS ? SocketFetcher.startTLS(timed, server.host(), session.getProperties(), "mail.smtp") : timed;
                new Conversation(session, server, mail.to()).deliver(socket, message);
            } finally {
                open.remove(line);
            }
        } catch (IOException e) {
            throw new MailFailure("The mail server " + server.host() + ":" + server.port() + " cannot be reached or broke off: "
                    + Optional.ofNullable(e.getMessage()).orElse(e.getClass().getSimpleName()) + ".", e);
        }
    }

    private MimeMessage message(Session session, Mail mail, MailServer server) throws MailFailure {
        try {
            return Mime.message(session, mail, server, clock.instant());
        } catch (MessagingException e) {
            throw new MailFailure("The message cannot be written: " + e.getMessage() + ".", true);
        }
    }

    /** What Angus Mail goes by; the system's properties have no say. */
    private Properties properties(MailServer server) {
        var properties = new Properties();
        properties.setProperty("mail.smtp.localhost", ownName);
        properties.setProperty("mail.smtp.from", server.sender());
        properties.setProperty("mail.smtp.starttls.enable", Boolean.toString(server.security() == Security.STARTTLS));
        properties.setProperty("mail.smtp.starttls.required", Boolean.toString(server.security() == Security.STARTTLS && Conversation.signsIn(server)));
        properties.setProperty("mail.smtp.auth.mechanisms", Conversation.mechanisms(server));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        properties.put("mail.smtp.ssl.socketFactory", tls);
        return properties;
    }

    @Override
    public void close() {
        open.forEach(Line::close);
    }
}
