package gatehouse.mail;

/** The mailer that goes with a server. */
public final class Mailers implements Mailer {
    private final Mailer smtp;
    private final Mailer microsoft365;

    public Mailers(Mailer smtp, Mailer microsoft365) {
        this.smtp = smtp;
        this.microsoft365 = microsoft365;
    }

    @Override
    public void send(Mail mail, MailServer server) throws MailFailure {
        (server.isMicrosoft365() ? microsoft365 : smtp).send(mail, server);
    }

    @Override
    public void close() {
        smtp.close();
        microsoft365.close();
    }
}
