package gatehouse.notifications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.mail.Addresses;
import gatehouse.mail.MailServer;
import gatehouse.mail.MailServer.Auth;
import gatehouse.mail.MailServer.Security;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;

/**
 * How mail leaves, as it was set.
 *
 * @param document the contract's fields without the password; not to be changed by who reads it
 */
record MailSettings(ObjectNode document, Optional<String> password) {
    private static final String GMAIL = "smtp.gmail.com";
    private static final double USUAL_THRESHOLD = 90;

    /** Where to; empty until there is all that it takes. @param domain the box's, for a sender without an address; @param microsoft365 whether that is set up */
    Optional<MailServer> server(String domain, BooleanSupplier microsoft365) {
        var username = text("username");
        if (type().equals("MS365")) {
            return username.filter(Addresses::isAddress).filter(_ -> microsoft365.getAsBoolean())
                    .map(mailbox -> MailServer.microsoft365(mailbox, text("reply_to")));
        }
        var host = text("server").or(() -> type().equals("GMAIL") ? Optional.of(GMAIL) : Optional.empty());
        if (username.isEmpty() || host.isEmpty()) {
            return Optional.empty();
        }
        var security = document.path("enable_tls_ssl").asBoolean(true) ? Security.TLS
                : document.path("enable_starttls_auto").asBoolean() ? Security.STARTTLS : Security.NONE;
        return Optional.of(new MailServer(host.get(), document.path("port").asInt(0) > 0 ? document.get("port").intValue() : port(security), security,
                Auth.valueOf(document.path("auth").asText(Auth.AUTO.name())), username.get(), password, sender(username.get(), domain), text("reply_to")));
    }

    private String type() {
        return document.path("type").asText("");
    }

    /** The ports that IANA gave mail: submission over TLS (RFC 8314), submission, SMTP. */
    private static int port(Security security) {
        return switch (security) {
            case TLS -> 465;
            case STARTTLS -> 587;
            case NONE -> 25;
        };
    }

    private String sender(String username, String domain) {
        return Addresses.isAddress(username) ? username : username.replaceAll("[^A-Za-z0-9._-]", "-") + "@" + domain;
    }

    /** The addresses that hear what concerns the company. */
    List<String> recipients() {
        return text("recipients").map(Addresses::list).orElse(List.of());
    }

    boolean wants(EmailTemplate template) {
        return template.flag().map(this::wants).orElse(true);
    }

    /** @param flag one of the switches of the contract */
    boolean wants(String flag) {
        return document.path(flag).asBoolean();
    }

    /** How full something may be before somebody is told, in percent. @param what {@code hard_disk}, {@code cpu} or {@code memory}; empty when nobody is */
    OptionalDouble threshold(String what) {
        return wants("notify_" + what + "_exceeded_threshold") ? OptionalDouble.of(document.path(what + "_threshold").asDouble(USUAL_THRESHOLD))
                : OptionalDouble.empty();
    }

    private Optional<String> text(String field) {
        return Optional.ofNullable(document.path(field).textValue()).filter(text -> !text.isBlank());
    }
}
