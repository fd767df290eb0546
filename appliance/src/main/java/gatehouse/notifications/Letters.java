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
import java.util.function.Supplier;

/** What the rest of the box has mail written by. Nothing is written while mail is not set up, or its switch is off. Thread-safe. */
public final class Letters {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm zzz", Locale.ENGLISH);

    private final Notifications notifications;
    private final EmailTemplates templates;
    private final Outbox outbox;
    private final Company company;
    private final String webAddress;
    private final Function<User, Optional<String>> passwordLink;
    private final Supplier<List<String>> administrators;

    /**
     * @param webAddress     where people sign in
     * @param passwordLink   where a new user chooses a password; empty when there is no such place
     * @param administrators addresses of who hears what concerns the company while the settings name nobody
     */
    public Letters(Notifications notifications, EmailTemplates templates, Outbox outbox, Company company, String webAddress,
                   Function<User, Optional<String>> passwordLink, Supplier<List<String>> administrators) {
        this.notifications = notifications;
        this.templates = templates;
        this.outbox = outbox;
        this.company = company;
        this.webAddress = webAddress;
        this.passwordLink = passwordLink;
        this.administrators = administrators;
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

    /** @param pin what the reader keys to come in; @param time when it begins, as text */
    record Invitation(String meeting, String number, String pin, String time, String organizer) { }

    /** Invites to a meeting. */
    void invite(String address, String displayName, Invitation to) {
        write(EmailTemplate.CONFERENCE_INVITATION, address, Map.of("display_name", displayName, "meeting", to.meeting(), "number", to.number(), "pin", to.pin(),
                "time", to.time(), "organizer", to.organizer()), List.of());
    }

    void recharged(String address, String displayName, String amount, String balance, Instant at) {
        if (Addresses.isAddress(address)) {
            write(EmailTemplate.RECHARGE, address, recharge(displayName, amount, balance, at), List.of());
        }
    }

    void companyRecharged(String amount, String balance, Instant at) {
        tellCompany(EmailTemplate.RECHARGE, recharge(companyName(), amount, balance, at));
    }

    private Map<String, String> recharge(String displayName, String amount, String balance, Instant at) {
        return Map.of("display_name", displayName, "amount", amount, "balance", balance, "time", time(at));
    }

    /** Tells who looks after the company what concerns it. @param values by the template's own names; @return to how many */
    public int tellCompany(EmailTemplate template, Map<String, String> values) {
        return writes(template) ? (int) keepers().stream().filter(to -> write(template, to, values, List.of())).count() : 0;
    }

    /** The same where there is no text that the company could replace. @param flag the switch of the settings that must be on */
    void tellCompany(String flag, String subject, String text) {
        if (writes(flag)) {
            keepers().forEach(to -> tell(to, subject, text));
        }
    }

    /** Whom the settings name; while they name nobody, the administrators. */
    private List<String> keepers() {
        var named = notifications.settings().recipients();
        return named.isEmpty() ? administrators.get() : named;
    }

    boolean writes(String flag) {
        return notifications.ready() && notifications.settings().wants(flag);
    }

    /** A message in plain text. */
    void tell(String address, String subject, String text) {
        outbox.put(new Draft("", address, subject, text, Optional.empty(), List.of()));
    }

    String companyName() {
        return company.settings().name();
    }

    /** A time as texts show it: the company's. */
    public String time(Instant at) {
        return time(at, Optional.empty());
    }

    /** @param zone where it is not the company's */
    String time(Instant at, Optional<ZoneId> zone) {
        var shown = zone.orElse(company.settings().zone());
        return TIME.format(at.atZone(shown.equals(ZoneOffset.UTC) ? ZoneId.of("UTC") : shown)); // the other is written Z
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
