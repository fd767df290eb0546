package gatehouse.mail;

import gatehouse.mail.Addresses.Named;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * A message as it crosses the wire (RFC 5322, RFC 2045). Every body is base64, so that no line is too long, none begins with a dot and none
 * holds a boundary.
 */
final class Mime {
    private static final String LINE = "\r\n";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final int BYTES_A_WORD = 42; // 56 characters of base64 and the 12 of =?UTF-8?B?…?= stay below the 75 of RFC 2047 2

    private Mime() {
    }

    static byte[] message(Mail mail, MailServer server, Instant now) {
        var shown = Named.of(mail.from());
        var headers = new ArrayList<String>();
        headers.add("Date: " + DATE.format(now));
        headers.add("From: " + address(shown.name(), shown.address().orElse(server.sender())));
        headers.add("To: <" + mail.to() + ">");
        server.replyTo().ifPresent(to -> headers.add("Reply-To: <" + to + ">"));
        headers.add("Subject: " + words(mail.subject()));
        headers.add("Message-ID: <" + mail.id() + "@" + server.sender().substring(server.sender().indexOf('@') + 1) + ">");
        headers.add("Auto-Submitted: auto-generated"); // RFC 3834: nobody's holiday answers this
        headers.add("MIME-Version: 1.0");
        return (String.join(LINE, headers) + LINE + content(mail)).getBytes(StandardCharsets.US_ASCII);
    }

    private static String content(Mail mail) {
        var text = part("text/plain; charset=utf-8", mail.text().getBytes(StandardCharsets.UTF_8));
        var written = mail.html().map(html -> multipart("alternative", mail.id() + "_a",
                List.of(text, part("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))))).orElse(text);
        if (mail.attachments().isEmpty()) {
            return written;
        }
        var parts = new ArrayList<>(List.of(written));
        mail.attachments().forEach(file -> parts.add("Content-Disposition: attachment; filename=\"" + file.name().replaceAll("[^A-Za-z0-9._ -]", "_")
                + "\"" + LINE + part(file.type(), file.bytes())));
        return multipart("mixed", mail.id() + "_m", parts);
    }

    private static String part(String type, byte[] bytes) {
        return "Content-Type: " + type + LINE + "Content-Transfer-Encoding: base64" + LINE + LINE + Base64.getMimeEncoder().encodeToString(bytes) + LINE;
    }

    private static String multipart(String kind, String boundary, List<String> parts) {
        var all = new StringBuilder("Content-Type: multipart/" + kind + "; boundary=\"" + boundary + "\"" + LINE + LINE);
        parts.forEach(part -> all.append("--").append(boundary).append(LINE).append(part));
        return all.append("--").append(boundary).append("--").append(LINE).toString();
    }

    private static String address(String name, String address) {
        if (name.isEmpty()) {
            return "<" + address + ">";
        }
        return (isPlain(name) ? "\"" + name.replace("\\", "").replace("\"", "") + "\"" : words(name)) + " <" + address + ">";
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c >= ' ' && c < 127) && text.length() <= 60;
    }

    /** Text of a header; as encoded words of whole characters where it is more than a short line of ASCII (RFC 2047). */
    static String words(String text) {
        var clean = text.replaceAll("\\p{Cntrl}+", " ");
        if (isPlain(clean) && !clean.contains("=?")) {
            return clean;
        }
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        clean.codePoints().mapToObj(Character::toString).forEach(character -> {
            if ((word + character).getBytes(StandardCharsets.UTF_8).length > BYTES_A_WORD) {
                words.add(encoded(word));
                word.setLength(0);
            }
            word.append(character);
        });
        words.add(encoded(word));
        return String.join(LINE + " ", words);
    }

    private static String encoded(CharSequence word) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(word.toString().getBytes(StandardCharsets.UTF_8)) + "?=";
    }
}
