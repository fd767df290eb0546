package gatehouse.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.calls.CallEvent;
import gatehouse.calls.CallRecord;
import gatehouse.calls.CallsFull;
import gatehouse.calls.LiveCall;
import gatehouse.company.Company;
import gatehouse.company.CompanyStore;
import gatehouse.core.Event;
import gatehouse.mail.Mail;
import gatehouse.mail.MailServer;
import gatehouse.mail.Mailer;
import gatehouse.signin.SignInEvent;
import gatehouse.sip.SipEvent;
import gatehouse.system.MachineEvent;
import gatehouse.system.Watch;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.Workbench;
import gatehouse.users.UsersFull;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which events become mail, how often, and to whom. */
class BoxNoticesTest {
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");
    @TempDir
    Path folder;
    private final MovedClock clock = new MovedClock(NOON);
    private final List<Mail> sent = new ArrayList<>();

    private final class Taken implements Mailer {
        @Override
        public void send(Mail mail, MailServer server) {
            sent.add(mail);
        }

        @Override
        public void close() { }
    }

    /** The subjects of what was mailed while {@code events} happened, an hour passing at each null. */
    private List<String> mailed(String settings, Event... events) throws IOException {
        try (var bench = new Workbench(Files.createTempDirectory(folder, "box"), clock, "101", "1121")) {
            var keeping = bench.keeping;
            var timers = new ManualTimers();
            var store = new NotificationStore(bench.store);
            var notifications = new Notifications(store, new Taken(), keeping.sealer(), keeping.audit(), keeping.ids(), "box.test", () -> false);
            notifications.update(Workbench.ADMIN, (ObjectNode) Json.parse("{\"type\":\"SMTP\",\"server\":\"mail.test\",\"username\":\"box@box.test\"" + settings + "}"));
            var company = new Company(new CompanyStore(bench.store), null, keeping.sealer(), keeping.audit(), keeping.events(), keeping.ids(), "box.test");
            try (var outbox = new Outbox(store, notifications, new Taken(), new Outbox.Parts(keeping.sealer(), keeping.audit(), keeping.events(), timers, clock,
                    keeping.ids()), Runnable::run)) {
                var letters = new Letters(notifications, new EmailTemplates(store, keeping.audit()), outbox, company, "https://box.test/", _ -> Optional.empty(),
                        () -> List.of("admin@box.test"));
                var notices = new BoxNotices(letters, bench.users, () -> List.of("112"), clock);
                notices.listen(bench.events);
                for (var event : events) {
                    if (event == null) {
                        clock.move(Duration.ofHours(1));
                    } else {
                        publish(bench, event);
                    }
                    timers.push(Duration.ofSeconds(1));
                }
            }
        }
        return sent.stream().map(mail -> mail.to() + " " + mail.subject()).toList();
    }

    private static void publish(Workbench bench, Event event) {
        var delivered = new CountDownLatch(1);
        record Mark() implements Event { }
        try (var _ = bench.events.on(Mark.class, _ -> delivered.countDown())) {
            bench.events.publish(event);
            bench.events.publish(new Mark());
            assertTrue(delivered.await(10, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Event[] of(Event... events) {
        return events;
    }

    @Test
    void a_limit_is_told_once_an_hour_and_only_where_it_is_wanted() throws IOException {
        assertEquals(List.of(), mailed("", new CallsFull(300)));
        assertEquals(List.of("admin@box.test box.test has reached a limit", "admin@box.test box.test has reached a limit",
                "admin@box.test box.test has reached a limit"), mailed(",\"notify_license_limited\":true", of(new CallsFull(300), new CallsFull(300),
                new UsersFull(10_000), null, new CallsFull(300))));
        assertTrue(sent.getFirst().text().contains("300 calls at once"), sent.getFirst().text());
        assertTrue(sent.get(1).text().contains("10000 users"), sent.get(1).text());
    }

    @Test
    void who_is_shut_out_is_told_with_how_many_more_there_were() throws IOException {
        var until = NOON.plusSeconds(30);
        var told = mailed(",\"notify_ip_blocked\":true,\"recipients\":\"a@box.test;b@box.test\"", of(new SignInEvent.LockedOut("eve", "192.0.2.7", until),
                new SipEvent.LockedOut("101", "192.0.2.8", until), new SipEvent.LockedOut("102", "192.0.2.8", until), null,
                new SipEvent.LockedOut("103", "192.0.2.9", until)));
        assertEquals(Stream.of("192.0.2.7", "192.0.2.9").flatMap(address -> Stream.of("a@box.test ", "b@box.test ").map(to -> to + address + " was shut out")).toList(), told);
        assertTrue(sent.getFirst().text().contains("user eve"), sent.getFirst().text());
        assertTrue(sent.getLast().text().contains("2 more times"), sent.getLast().text());
    }

    @Test
    void a_call_for_help_is_told_at_once_and_again_when_it_reached_nobody() throws IOException {
        assertEquals(List.of("admin@box.test Emergency call to 112 by Anna"), mailed("", of(started("112"), ended("112", true))));
        assertTrue(sent.getFirst().text().contains("Anna (101) called 112 at 2026-03-04 12:00 UTC."), sent.getFirst().text());
        sent.clear();
        mailed("", of(ended("112", false)));
        assertTrue(sent.getFirst().text().contains("did not get through (SIP 404)"), sent.getFirst().text());
        sent.clear();
        assertEquals(List.of(), mailed("", of(started("1121"), ended("1121", false), ended("102", false))), "an extension is no call for help");
    }

    private static Event started(String callee) {
        return new CallEvent.Started(new LiveCall("c", "101", "Anna", callee, "", NOON, Optional.empty()));
    }

    private static Event ended(String destination, boolean answered) {
        return new CallEvent.Ended("c", new CallRecord("id", "101", "Anna", destination, "", destination, NOON, Optional.empty(),
                answered ? Optional.of(NOON) : Optional.empty(), NOON, answered ? 200 : 404, Optional.empty()));
    }

    @Test
    void a_full_machine_is_told_with_its_numbers() throws IOException {
        mailed(",\"notify_hard_disk_exceeded_threshold\":true,\"notify_cpu_exceeded_threshold\":true", of(
                new MachineEvent.Exceeded(Watch.Part.DISK, new Watch.Use(45_200_000_000L, 50_000_000_000L), 90),
                new MachineEvent.Exceeded(Watch.Part.PROCESSOR, new Watch.Use(995, 1_000), 90),
                new MachineEvent.Exceeded(Watch.Part.MEMORY, new Watch.Use(995, 1_000), 90)));
        assertEquals(2, sent.size(), "of memory nobody wants to hear");
        assertTrue(sent.getFirst().text().contains("45.2 GB of 50.0 GB are in use"), sent.getFirst().text());
        assertTrue(sent.getLast().text().contains("100 % of the last minutes") && sent.getLast().text().contains("than the 90 %"), sent.getLast().text());
    }
}
