package gatehouse.mail;

import gatehouse.mail.Addresses.Named;
import jakarta.activation.DataHandler;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A {@link Mail} as Angus Mail writes it. Every body is base64: what a company writes may have any line length and any letters. */
final class Mime {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Mime() {
    }

    static MimeMessage message(Session session, Mail mail, MailServer server, Instant now) throws MessagingException {
        var id = "<" + mail.id() + "@" + server.sender().substring(server.sender().indexOf('@') + 1) + ">";
        var message = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException { // its own would differ at each try and name this machine
                setHeader("Message-ID", id);
            }
        };
        message.setHeader("Date", DATE.format(now)); // setSentDate would tell the box's time zone
        message.setFrom(sender(mail, server));
        message.setRecipient(RecipientType.TO, new InternetAddress(mail.to(), true));
        if (server.replyTo().isPresent()) {
            message.setReplyTo(new InternetAddress[] {new InternetAddress(server.replyTo().get(), true)});
        }
        message.setSubject(oneLine(mail.subject()), StandardCharsets.UTF_8.name());
        message.setHeader("Auto-Submitted", "auto-generated"); // RFC 3834: nobody's holiday answers this
        fill(message, mail);
        message.saveChanges();
        return message;
    }

    private static InternetAddress sender(Mail mail, MailServer server) throws MessagingException {
        var shown = Named.of(mail.from());
        var name = oneLine(shown.name());
        try {
            return new InternetAddress(shown.address().orElse(server.sender()), name.isEmpty() ? null : name, StandardCharsets.UTF_8.name());
        } catch (UnsupportedEncodingException e) {
            throw new MessagingException("UTF-8 is not known", e);
        }
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }

    private static void fill(Part whole, Mail mail) throws MessagingException {
        if (mail.attachments().isEmpty()) {
            fillWritten(whole, mail);
            return;
        }
        var parts = new MimeMultipart("mixed");
        var written = new MimeBodyPart();
        fillWritten(written, mail);
        parts.addBodyPart(written);
        for (var file : mail.attachments()) {
            var part = new MimeBodyPart();
            fill(part, file.type(), file.bytes());
            part.setHeader("Content-Disposition", "attachment; filename=\"" + file.name().replaceAll("[^A-Za-z0-9._ -]", "_") + "\"");
            parts.addBodyPart(part);
        }
        fill(whole, parts);
    }

    private static void fillWritten(Part part, Mail mail) throws MessagingException {
        if (mail.html().isEmpty()) {
            fill(part, "text/plain; charset=utf-8", mail.text().getBytes(StandardCharsets.UTF_8));
            return;
        }
        var text = new MimeBodyPart();
        fill(text, "text/plain; charset=utf-8", mail.text().getBytes(StandardCharsets.UTF_8));
        var html = new MimeBodyPart();
        fill(html, "text/html; charset=utf-8", mail.html().get().getBytes(StandardCharsets.UTF_8));
        fill(part, new MimeMultipart("alternative", text, html));
    }

    private static void fill(Part part, String type, byte[] bytes) throws MessagingException {
        part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, type)));
        part.setHeader("Content-Type", type);
        part.setHeader("Content-Transfer-Encoding", "base64");
    }

    /** Writes itself, so that nothing is looked up in mailcap files. */
    private static void fill(Part part, Multipart parts) throws MessagingException {
        part.setDataHandler(new DataHandler(parts, parts.getContentType()) {
            @Override
            public void writeTo(OutputStream out) throws IOException {
                try {
                    parts.writeTo(out);
                } catch (MessagingException e) {
                    throw new IOException(e);
                }
            }
        });
    }
}
