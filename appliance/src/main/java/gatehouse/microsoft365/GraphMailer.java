package gatehouse.microsoft365;

import gatehouse.api.Json;
import gatehouse.mail.Mail;
import gatehouse.mail.MailFailure;
import gatehouse.mail.MailServer;
import gatehouse.mail.Mailer;
import gatehouse.remote.RemoteFailure;
import java.util.Base64;

/** A {@link Mailer} through a mailbox of Microsoft 365. */
public final class GraphMailer implements Mailer {
    private final Microsoft365 microsoft365;
    private final Graph graph;

    public GraphMailer(Microsoft365 microsoft365, Graph graph) {
        this.microsoft365 = microsoft365;
        this.graph = graph;
    }

    @Override
    public void send(Mail mail, MailServer server) throws MailFailure {
        var app = microsoft365.app().orElseThrow(() -> new MailFailure("Microsoft 365 is not set up.", false));
        var body = Json.object().put("saveToSentItems", false);
        var message = body.putObject("message").put("subject", mail.subject());
        message.putObject("body").put("contentType", mail.html().isPresent() ? "HTML" : "Text").put("content", mail.html().orElse(mail.text()));
        message.putArray("toRecipients").addObject().putObject("emailAddress").put("address", mail.to());
        server.replyTo().ifPresent(to -> message.putArray("replyTo").addObject().putObject("emailAddress").put("address", to));
        var files = message.putArray("attachments");
        mail.attachments().forEach(file -> files.addObject().put("@odata.type", "#microsoft.graph.fileAttachment").put("name", file.name())
                .put("contentType", file.type()).put("contentBytes", Base64.getEncoder().encodeToString(file.bytes())));
        try {
            graph.sendMail(app, server.sender(), body);
        } catch (RemoteFailure e) {
            throw new MailFailure(e.getMessage(), false);
        }
    }

    /** What it asks ends with the box's way to ask. */
    @Override
    public void close() { }
}
