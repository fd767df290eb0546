package gatehouse.notifications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Timers;
import gatehouse.mail.Mail;
import gatehouse.mail.MailFailure;
import gatehouse.mail.Mailer;
import gatehouse.notifications.NotificationStore.Waiting;
import gatehouse.secrets.Sealer;
import gatehouse.store.Store.Tx;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Mail that no server has taken yet, kept through restarts. Each message is tried at once, then after a minute, two, four … an hour at
 * most; after a day it is given up, which the audit log tells. One is sent at a time. Thread-safe.
 */
public final class Outbox implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST = 2_000; // an invitation to everybody, twice; a voicemail of two minutes has 2 MB on disk
    private static final Actor BOX = new Actor("mail", "SYSTEM", "");

    /** What a message is kept with. */
    public record Parts(Sealer sealer, Audit audit, Events events, Timers timers, Clock clock, Ids ids) { }

    private final NotificationStore store;
    private final Notifications notifications;
    private final Mailer mailer;
    private final Parts parts;
    private final Executor sending;
    private final ReentrantLock running = new ReentrantLock();
    private volatile boolean closed;
    private Timers.Timer timer; // guarded by this

    /** @param sending runs what blocks while a server takes its time */
    public Outbox(NotificationStore store, Notifications notifications, Mailer mailer, Parts parts, Executor sending) {
        this.store = store;
        this.notifications = notifications;
        this.mailer = mailer;
        this.parts = parts;
        this.sending = sending;
        notifications.follow(this::wake);
    }

    /** Tries what a restart left. */
    public void start() {
        wake();
    }

    private void wake() {
        store.write(tx -> {
            store.allDue(tx, now());
            tx.afterCommit(() -> arm(Duration.ZERO));
            return null;
        });
    }

    private Instant now() {
        return parts.clock.instant();
    }

    /** A message with no id yet. @param from empty for the account's own address */
    public record Draft(String from, String to, String subject, String text, Optional<String> html, List<Mail.Attachment> attachments) { }

    /** Keeps it until it is sent. @return false when mail is not set up, or too much waits already: then nobody sends it */
    public boolean put(Draft draft) {
        return store.write(tx -> put(tx, draft));
    }

    /** Within {@code tx}: it is sent only if that commits. */
    public boolean put(Tx tx, Draft draft) {
        if (!notifications.ready()) {
            return false;
        }
        if (store.waiting(tx) >= MOST) {
            LOG.log(Level.WARNING, "A message to " + draft.to() + " was dropped: " + MOST + " wait for the mail server already");
            return false;
        }
        store.put(tx, new Waiting(parts.ids.next(), draft.to(), parts.sealer.seal(json(draft).toString()), now(), 0), now());
        tx.afterCommit(() -> arm(Duration.ZERO));
        return true;
    }

    private static ObjectNode json(Draft draft) {
        var json = Json.object().put("from", draft.from()).put("subject", draft.subject()).put("text", draft.text())
                .put("html", draft.html().orElse(null));
        var files = json.putArray("attachments");
        draft.attachments().forEach(file -> files.addObject().put("name", file.name()).put("type", file.type())
                .put("base64", Base64.getEncoder().encodeToString(file.bytes())));
        return json;
    }

    private Mail mail(Waiting waiting) {
        var json = Json.parse(parts.sealer.open(waiting.message()));
        var files = new ArrayList<Mail.Attachment>();
        json.get("attachments").forEach(file -> files.add(new Mail.Attachment(file.get("name").textValue(), file.get("type").textValue(),
                Base64.getDecoder().decode(file.get("base64").textValue()))));
        return new Mail(waiting.id(), json.get("from").textValue(), waiting.recipient(), json.get("subject").textValue(), json.get("text").textValue(),
                Optional.ofNullable(json.get("html").textValue()), files);
    }

    private synchronized void arm(Duration delay) {
        if (closed) {
            return;
        }
        if (timer != null) {
            timer.cancel();
        }
        timer = parts.timers.after(delay, () -> sending.execute(this::run));
    }

    private void run() {
        running.lock();
        try {
            for (var due = next(); due.isPresent() && !closed; due = next()) {
                send(due.get());
            }
            if (!closed) {
                store.read(store::nextTry).ifPresent(next -> arm(Duration.between(now(), next).plusMillis(1)));
            }
        } finally {
            running.unlock();
        }
    }

    private Optional<Waiting> next() {
        return closed ? Optional.empty() : store.read(tx -> store.due(tx, now()));
    }

    private void send(Waiting waiting) {
        try {
            var server = notifications.server().orElseThrow(() -> new MailFailure("Mail is not set up any more.", false));
            mailer.send(mail(waiting), server);
            store.write(tx -> {
                store.drop(tx, waiting.id());
                tx.afterCommit(() -> parts.events.publish(new NotificationEvent.Sent(waiting.recipient())));
                return null;
            });
        } catch (MailFailure e) {
            if (!closed) {
                failed(waiting, e);
            }
        }
    }

    private void failed(Waiting waiting, MailFailure failure) {
        var givenUp = failure.forGood() || !now().isBefore(waiting.createdAt().plus(KEPT));
        LOG.log(givenUp ? Level.WARNING : Level.INFO, "A message was not sent, try " + (waiting.tries() + 1) + (givenUp ? ", given up: " : ": ")
                + failure.getMessage());
        store.write(tx -> {
            if (givenUp) {
                store.drop(tx, waiting.id());
                parts.audit.record(tx, BOX, Action.DELETE, "SYSTEM", "mail", null, "The message to " + waiting.recipient() + " was given up. " + failure.getMessage());
                tx.afterCommit(() -> parts.events.publish(new NotificationEvent.GivenUp(waiting.recipient(), failure.getMessage())));
            } else {
                store.later(tx, waiting.id(), waiting.tries() + 1, earlier(now().plus(pause(waiting.tries())), waiting.createdAt().plus(KEPT)));
            }
            return null;
        });
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static Duration pause(int tries) {
        return tries >= 6 ? LONGEST_PAUSE : FIRST_PAUSE.multipliedBy(1L << tries);
    }

    /** Breaks off the message that is on its way, and keeps it. */
    @Override
    public void close() {
        closed = true;
        mailer.close();
        synchronized (this) {
            if (timer != null) {
                timer.cancel();
            }
        }
        running.lock();
        running.unlock();
    }
}
