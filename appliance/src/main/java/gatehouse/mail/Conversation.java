package gatehouse.mail;

import gatehouse.mail.MailServer.Auth;
import gatehouse.mail.MailServer.Security;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/**
 * Angus Mail's SMTP for one message, which remembers how far it came: its exceptions alone do not tell whose fault a refusal is.
 * Made here and not found by name through the library's provider files.
 */
final class Conversation extends SMTPTransport {
    private static final int LONGEST_REPLY = 500;

    private final MailServer server;
    private final String to;
    private final boolean signsIn;
    private boolean secured;
    private String ifRefused = "The mail server is not ready";
    private boolean mayBeTheMessage;

    Conversation(Session session, MailServer server, String to) {
        super(session, null);
        this.server = server;
        this.to = to;
        secured = server.security() == Security.TLS;
        signsIn = signsIn(server);
    }

    static boolean signsIn(MailServer server) {
        return server.auth() != Auth.DISABLE && server.password().isPresent();
    }

    static String mechanisms(MailServer server) {
        return server.auth() == Auth.AUTO ? "PLAIN LOGIN" : server.auth().name();
    }

    void deliver(Socket connected, MimeMessage message) throws MailFailure, IOException {
        try {
            connect(connected);
            sendMessage(message, message.getAllRecipients());
        } catch (MessagingException e) {
            throw failure(e);
        }
        try {
            close();
        } catch (MessagingException e) {
            // The message was taken; how the server says good-bye does not matter.
        }
    }

    private MailFailure failure(MessagingException e) throws IOException {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException broken) {
                throw broken;
            }
        }
        if (e instanceof AuthenticationFailedException && getLastReturnCode() != 250) {
            return new MailFailure("The mail server refused the name or the password: " + reply(), false);
        }
        if (signsIn && getLastReturnCode() == 250) { // it refused nothing, but it lacks what the box insists on
            return new MailFailure(secured || server.security() == Security.NONE
                    ? "The mail server does not offer to sign in by " + mechanisms(server).replace(" ", " or ") + " here; it may want TLS first."
                    : "The mail server offers no STARTTLS, so the password was not sent. Use TLS from the start, or turn both off.", false);
        }
        return new MailFailure(ifRefused + ": " + reply(), mayBeTheMessage && getLastReturnCode() / 100 == 5); // RFC 5321 4.2.1
    }

    /** It goes into messages and logs. */
    private String reply() {
        var text = getLastServerResponse().replaceAll("[^ -~]+", " ").strip();
        return text.equals("[EOF]") ? "it hung up" : text.substring(0, Math.min(text.length(), LONGEST_REPLY));
    }

    /** What the library would ask a user for is known here. */
    @Override
    protected boolean protocolConnect(String host, int port, String user, String password) throws MessagingException {
        if (!signsIn) {
            return super.protocolConnect(server.host(), server.port(), null, null);
        }
        var connected = super.protocolConnect(server.host(), server.port(), server.username(), server.password().orElseThrow());
        if (getLastReturnCode() != 235) { // a server that does not speak of signing in at all
            throw new MessagingException("not signed in");
        }
        return connected;
    }

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        ifRefused = "The mail server does not speak with this box";
        return super.ehlo(domain);
    }

    @Override
    protected void startTLS() throws MessagingException {
        ifRefused = "The mail server did not begin TLS";
        super.startTLS();
        secured = true;
    }

    @Override
    protected void mailFrom() throws MessagingException {
        ifRefused = "The mail server does not take mail from " + server.sender();
        super.mailFrom();
    }

    @Override
    protected void rcptTo() throws MessagingException {
        ifRefused = "The mail server does not take mail to " + to;
        mayBeTheMessage = true;
        super.rcptTo();
    }

    @Override
    protected OutputStream data() throws MessagingException {
        ifRefused = "The mail server does not take the message";
        mayBeTheMessage = false;
        return super.data();
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        ifRefused = "The mail server refused the message";
        mayBeTheMessage = true;
        super.finishData();
    }
}
