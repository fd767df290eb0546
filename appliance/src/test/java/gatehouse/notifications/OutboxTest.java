package gatehouse.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.AuditStore;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.mail.Mail;
import gatehouse.mail.MailFailure;
import gatehouse.mail.MailServer;
import gatehouse.mail.Mailer;
import gatehouse.notifications.Outbox.Draft;
import gatehouse.secrets.Sealer;
import gatehouse.store.SqliteStore;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.MovedClock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With time pushed by hand and a mailer that fails when told to. */
class OutboxTest {
    @TempDir
    Path folder;
    private final MovedClock clock = new MovedClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Mail> sent = new ArrayList<>();
    private final List<Instant> tries = new ArrayList<>();
    private Optional<MailFailure> failure = Optional.empty();
    private ManualTimers timers;
    private SqliteStore store;
    private Events events;
    private Notifications notifications;
    private Outbox outbox;

    private final class Told implements Mailer {
        @Override
        public void send(Mail mail, MailServer server) throws MailFailure {
            tries.add(clock.instant());
            if (failure.isPresent()) {
                throw failure.get();
            }
            sent.add(mail);
        }

        @Override
        public void close() { }
    }

    @BeforeEach
    void open() {
        timers = new ManualTimers();
        store = new SqliteStore(folder.resolve("box.db"));
        events = new Events();
        var random = new SecureRandom();
        var sealer = new Sealer(folder.resolve("box.key"), random);
        var ids = new Ids(random);
        var audit = new Audit(new AuditStore(store), clock, ids);
        var mailer = new Told();
        var notificationStore = new NotificationStore(store);
        notifications = new Notifications(notificationStore, mailer, sealer, audit, ids, "box.test", () -> false);
        outbox = new Outbox(notificationStore, notifications, mailer, new Outbox.Parts(sealer, audit, events, timers, clock, ids), Runnable::run);
        outbox.start();
    }

    @AfterEach
    void close() {
        outbox.close();
        events.close();
        store.close();
    }

    private void setUp() {
        notifications.update(new Actor("admin", "API", ""), (com.fasterxml.jackson.databind.node.ObjectNode) Json.parse("""
                {"type": "SMTP", "server": "mail.test", "username": "box@box.test", "password": "hush-hush"}"""));
    }

    private static Draft draft(String to) {
        return new Draft("", to, "s", "the secret text", Optional.empty(), List.of(new Mail.Attachment("a.wav", "audio/wav", new byte[] {1, 2})));
    }

    private void pass(Duration time) {
        for (var left = time; !left.isZero(); left = left.minusMinutes(1)) {
            clock.move(Duration.ofMinutes(1));
            timers.push(Duration.ofMinutes(1));
        }
    }

    private long waiting() {
        return store.read(tx -> tx.one("SELECT count(*) AS n FROM mail_outbox", row -> row.getLong("n"))).orElseThrow();
    }

    @Test
    void nothing_is_kept_before_mail_is_set_up() {
        assertFalse(outbox.put(draft("a@b.test")));
        assertEquals(0, waiting());
    }

    @Test
    void a_message_goes_at_once_and_is_kept_no_longer() {
        setUp();
        assertTrue(outbox.put(draft("a@b.test")));
        timers.push(Duration.ZERO);
        assertEquals("the secret text", sent.getFirst().text());
        assertEquals(2, sent.getFirst().attachments().getFirst().bytes().length);
        assertEquals(0, waiting());
    }

    @Test
    void what_fails_is_tried_again_ever_more_slowly_under_the_same_id() {
        setUp();
        failure = Optional.of(new MailFailure("busy", false));
        outbox.put(draft("a@b.test"));
        timers.push(Duration.ZERO);
        pass(Duration.ofHours(4));
        var pauses = new ArrayList<Long>();
        for (int i = 1; i < tries.size(); i++) {
            pauses.add(Duration.between(tries.get(i - 1), tries.get(i)).toMinutes());
        }
        assertEquals(8, pauses.size(), pauses.toString());
        assertTrue(pauses.getFirst() <= 2 && pauses.get(4) >= 16 && pauses.getLast() >= 60 && pauses.getLast() <= 61, pauses.toString());
        failure = Optional.empty();
        pass(Duration.ofHours(2));
        assertEquals(1, sent.size());
        assertEquals(0, waiting());
    }

    @Test
    void after_a_day_it_is_given_up_and_the_audit_log_says_so() {
        var heard = new ArrayList<NotificationEvent>();
        events.on(NotificationEvent.class, event -> {
            synchronized (heard) {
                heard.add(event);
            }
        });
        setUp();
        failure = Optional.of(new MailFailure("mail.test is down", false));
        outbox.put(draft("a@b.test"));
        timers.push(Duration.ZERO);
        pass(Duration.ofHours(23));
        assertEquals(1, waiting());
        pass(Duration.ofHours(2));
        assertEquals(0, waiting());
        assertEquals(List.of("DELETE SYSTEM mail The message to a@b.test was given up. mail.test is down"), givenUp());
        events.close();
        assertEquals(List.of(new NotificationEvent.GivenUp("a@b.test", "mail.test is down")), heard);
    }

    @Test
    void a_message_that_the_server_will_never_take_is_given_up_at_once_and_holds_up_nobody() {
        setUp();
        failure = Optional.of(new MailFailure("no such mailbox", true));
        outbox.put(draft("a@b.test"));
        timers.push(Duration.ZERO);
        assertEquals(0, waiting());
        assertEquals(1, givenUp().size());
    }

    @Test
    void a_restart_loses_nothing_and_tries_at_once() {
        setUp();
        failure = Optional.of(new MailFailure("down", false));
        outbox.put(draft("a@b.test"));
        outbox.put(draft("b@b.test"));
        timers.push(Duration.ZERO);
        close();
        failure = Optional.empty();
        open();
        timers.push(Duration.ZERO);
        assertEquals(List.of("a@b.test", "b@b.test"), sent.stream().map(Mail::to).sorted().toList());
        assertEquals(0, waiting());
    }

    @Test
    void neither_password_nor_message_is_on_the_disk_in_clear() throws Exception {
        setUp();
        failure = Optional.of(new MailFailure("down", false));
        outbox.put(draft("a@b.test"));
        store.close();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                var text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(text.contains("hush-hush") || text.contains("the secret text"), file.toString());
            }
        }
        store = new SqliteStore(folder.resolve("box.db"));
    }

    private List<String> givenUp() {
        return store.read(tx -> tx.list("SELECT action || ' ' || object_type || ' ' || object_name || ' ' || new_state AS entry FROM audit "
                + "WHERE object_type = 'SYSTEM'", row -> row.getString("entry")));
    }
}
