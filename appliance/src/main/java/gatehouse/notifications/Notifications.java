package gatehouse.notifications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.Problems;
import gatehouse.mail.Addresses;
import gatehouse.mail.Mail;
import gatehouse.mail.MailFailure;
import gatehouse.mail.MailServer;
import gatehouse.mail.Mailer;
import gatehouse.notifications.NotificationStore.Settings;
import gatehouse.secrets.Sealer;
import gatehouse.store.Store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** How mail leaves the box: the settings, kept in memory beside the store, and a message that tries them. Thread-safe. */
public final class Notifications {
    private static final String OBJECT = "TENANT";
    private static final String PASSWORD = "password";
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]{0,252}|[0-9a-fA-F:.]{2,45}");
    private static final int MOST_RECIPIENTS = 20;

    private final NotificationStore store;
    private final Mailer mailer;
    private final Sealer sealer;
    private final Audit audit;
    private final Ids ids;
    private final String domain;
    private final BooleanSupplier microsoft365;
    private final List<Runnable> followers = new CopyOnWriteArrayList<>();
    /** Held until memory follows the store: two changes must not be remembered in the other order. */
    private final ReentrantLock changing = new ReentrantLock();
    private volatile MailSettings settings;

    /** @param microsoft365 whether that is set up, for mail through it */
    public Notifications(NotificationStore store, Mailer mailer, Sealer sealer, Audit audit, Ids ids, String domain, BooleanSupplier microsoft365) {
        this.store = store;
        this.mailer = mailer;
        this.sealer = sealer;
        this.audit = audit;
        this.ids = ids;
        this.domain = domain;
        this.microsoft365 = microsoft365;
        settings = settings(store.read(store::settings).orElseGet(() -> new Settings(Json.object(), null)));
    }

    private MailSettings settings(Settings row) {
        return new MailSettings(row.document(), Optional.ofNullable(row.secrets()).map(sealer::open));
    }

    /** The settings without the password; a copy. */
    public ObjectNode document() {
        return settings.document().deepCopy();
    }

    MailSettings settings() {
        return settings;
    }

    /** By which server mail leaves now; empty while nobody has set one up. */
    public Optional<MailServer> server() {
        return settings.server(domain, microsoft365);
    }

    /** Whether mail can leave at all. */
    public boolean ready() {
        return server().isPresent();
    }

    /** How full the machine may be before somebody is told, in percent. @param what {@code hard_disk}, {@code cpu} or {@code memory}; empty when nobody is */
    public OptionalDouble threshold(String what) {
        return settings.threshold(what);
    }

    /** Runs {@code task} each time the settings are others. */
    public void follow(Runnable task) {
        followers.add(task);
    }

    public void update(Actor actor, ObjectNode body) {
        changing.lock();
        try {
            store.write(tx -> {
                change(tx, actor, body);
                return null;
            });
        } finally {
            changing.unlock();
        }
    }

    private void change(Tx tx, Actor actor, ObjectNode body) {
        var before = store.settings(tx).orElseGet(() -> new Settings(Json.object(), null));
        var document = before.document().deepCopy();
        body.properties().stream().filter(field -> !field.getKey().equals(PASSWORD)).forEach(field -> {
            if (field.getValue().isNull()) {
                document.remove(field.getKey());
            } else {
                document.set(field.getKey(), field.getValue());
            }
        });
        var problems = new Problems();
        check(document, problems);
        problems.check();
        var password = body.path(PASSWORD).isTextual() && !body.get(PASSWORD).textValue().isEmpty() ? sealer.seal(body.get(PASSWORD).textValue())
                : body.has(PASSWORD) ? null : before.secrets();
        var next = new Settings(document, password);
        store.saveSettings(tx, next);
        var told = body.has(PASSWORD) ? document.deepCopy().put(PASSWORD, "changed") : document;
        audit.record(tx, actor, Action.UPDATE, OBJECT, document.path("username").asText(), before.document().toString(), told.toString());
        tx.afterCommit(() -> {
            settings = settings(next);
            followers.forEach(Runnable::run);
        });
    }

    private static void check(ObjectNode document, Problems problems) {
        for (var field : List.of("username", PASSWORD)) {
            problems.addIf(Addresses.hasControl(document.path(field).asText("")), field, "characters", field + " may have no control characters.");
        }
        var server = document.path("server").textValue();
        problems.addIf(server != null && !server.isBlank() && !HOST.matcher(server).matches(), "server", "format",
                "server must be a host's name or an IP address.");
        var replyTo = document.path("reply_to").asText("");
        problems.addIf(!replyTo.isBlank() && !Addresses.isAddress(replyTo), "reply_to", "format", "reply_to must be an address such as name@example.org.");
        var recipients = Addresses.list(document.path("recipients").asText(""));
        problems.addIf(recipients.size() > MOST_RECIPIENTS, "recipients", "maxItems", "recipients may be " + MOST_RECIPIENTS + " addresses.");
        problems.addIf(!recipients.stream().allMatch(Addresses::isAddress), "recipients", "format",
                "recipients must be addresses such as name@example.org with ; between them.");
        if (!document.path("type").asText().equals("SMTP")) {
            problems.addIf(!Addresses.isAddress(document.path("username").asText("")), "username", "format",
                    "username must be the whole address of the mailbox.");
        }
    }

    /** Sends one message now, with nobody trying again, so that who sets up mail sees what the server says. */
    public void test(String recipient, String subject, String content) {
        var problems = new Problems();
        problems.addIf(!Addresses.isAddress(recipient), "recipient", "format", "recipient must be an address such as name@example.org.");
        problems.addIf(Addresses.hasControl(subject), "subject", "characters", "subject must be one line.");
        problems.check();
        var server = server().orElseThrow(() -> Problem.of(Code.CONFLICT, "Mail is not set up: give a server and a user name (or, for MS365, set up Microsoft 365) first.").raise());
        try {
            mailer.send(new Mail(ids.next(), "", recipient, subject, content, Optional.empty(), List.of()), server);
        } catch (MailFailure e) {
            throw Problem.of(Code.UNAVAILABLE, "The test message was not sent. " + e.getMessage()).raise();
        }
    }
}
