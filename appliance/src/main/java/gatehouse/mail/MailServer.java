package gatehouse.mail;

import java.util.Optional;

/**
 * Where mail leaves by.
 *
 * @param host     empty for {@link #microsoft365}
 * @param sender   the address on the envelope
 * @param password empty for a server that asks for none
 */
public record MailServer(String host, int port, Security security, Auth auth, String username, Optional<String> password, String sender,
                         Optional<String> replyTo) {
    /** TLS from the first byte, TLS after a word in clear, or whatever there is. */
    public enum Security { TLS, STARTTLS, NONE }

    /** The contract's words. AUTO takes what the server offers. */
    public enum Auth { DISABLE, AUTO, LOGIN, PLAIN }

    /** Microsoft 365 takes it, by the box's registration there. */
    public static MailServer microsoft365(String mailbox, Optional<String> replyTo) {
        return new MailServer("", 0, Security.TLS, Auth.DISABLE, mailbox, Optional.empty(), mailbox, replyTo);
    }

    public boolean isMicrosoft365() {
        return host.isEmpty();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return host + ":" + port + " " + security + " as " + username;
    }
}
