package gatehouse.mail;

/** Hands over one message. Blocks for as long as the server takes, a minute at most without a word; thread-safe. */
public interface Mailer extends AutoCloseable {
    /** Returns once the server has taken charge of it. @throws MailFailure when it has not */
    void send(Mail mail, MailServer server) throws MailFailure;

    /** Breaks off what is being sent; it is tried again by whoever still has it. */
    @Override
    void close();
}
