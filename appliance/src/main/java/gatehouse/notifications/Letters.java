package gatehouse.notifications;

import gatehouse.company.Company;
import gatehouse.mail.Addresses;
import gatehouse.mail.Mail;
import gatehouse.notifications.Outbox.Draft;
import gatehouse.users.User;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** What the rest of the box has mail written by. Nothing is written while mail is not set up, or its switch is off. Thread-safe. */
public final class Letters {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm zzz", Locale.ENGLISH);

    private final Notifications notifications;
    private final EmailTemplates templates;
    private final Outbox outbox;
    private final Company company;
    private final String webAddress;
    private final Function<User, Optional<String>> passwordLink;

    /**
     * @param webAddress   where people sign in
     * @param passwordLink where a new user chooses a password; empty when there is no such place
     */
    public Letters(Notifications notifications, EmailTemplates templates, Outbox outbox, Company company, String webAddress,
                   Function<User, Optional<String>> passwordLink) {
        this.notifications = notifications;
        this.templates = templates;
        this.outbox = outbox;
        this.company = company;
        this.webAddress = webAddress;
        this.passwordLink = passwordLink;
    }

    /** Welcomes a new user. @return whether the message waits to be sent */
    public boolean invite(User user) {
        if (!Addresses.isAddress(user.email()) || !writes(EmailTemplate.USER_CREATION)) {
            return false;
        }
        return write(EmailTemplate.USER_CREATION, user.email(), Map.of("display_name", user.displayName(), "user_name", user.name(), "extension_number",
                user.extensionNumber().orElse(""), "web_address", webAddress, "password_link", passwordLink.apply(user).orElse(webAddress)), List.of());
    }

    /** @param mailbox whose voicemail it is, where that is not the reader's own; @param sound the message itself, where the reader is to have it */
    public record Voicemail(String mailbox, String caller, Instant at, Duration length, Optional<Mail.Attachment> sound) { }

    /** Tells of a message somebody left. @return whether it waits to be sent */
    public boolean voicemail(String address, String displayName, Voicemail voicemail) {
        var seconds = voicemail.length().toSeconds();
        return Addresses.isAddress(address) && write(EmailTemplate.VOICEMAIL_RECEIVED, address, Map.of("display_name", displayName, "mailbox",
                voicemail.mailbox(), "caller", voicemail.caller(), "time", time(voicemail.at()), "duration",
                "%d:%02d".formatted(seconds / 60, seconds % 60)), voicemail.sound().stream().toList());
    }

    /** Brings a report on calls. @param file where it is small enough to be sent; @return whether it waits to be sent */
    public boolean report(String address, String name, Instant at, Optional<Mail.Attachment> file) {
        return Addresses.isAddress(address) && write(EmailTemplate.CALL_REPORT_COMPLETED, address, Map.of("report", name, "time", time(at)), file.stream().toList());
    }

    /** Tells the addresses that the settings name what concerns the company. @param values by the template's own names; @return to how many */
    public int tellCompany(EmailTemplate template, Map<String, String> values) {
        return (int) notifications.settings().recipients().stream().filter(to -> write(template, to, values, List.of())).count();
    }

    /** A time as texts show it: the company's. */
    public String time(Instant at) {
        ZoneId zone = company.settings().zone().equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : company.settings().zone(); // the other is written Z
        return TIME.format(at.atZone(zone));
    }

    /** Whether mail can leave at all. */
    boolean ready() {
        return notifications.ready();
    }

    private boolean writes(EmailTemplate template) {
        return notifications.ready() && notifications.settings().wants(template);
    }

    private boolean write(EmailTemplate template, String to, Map<String, String> values, List<Mail.Attachment> attachments) {
        if (!writes(template)) {
            return false;
        }
        var all = new HashMap<>(values);
        all.put("company", company.settings().name());
        all.put("domain", company.domain());
        var filled = templates.text(template).filled(all);
        return outbox.put(new Draft(filled.from(), to, filled.subject(), filled.text(), filled.html(), attachments));
    }
}
