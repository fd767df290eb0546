package gatehouse.sip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.certificates.Certificates;
import gatehouse.core.AddressFilter;
import gatehouse.core.Events;
import gatehouse.testkit.Eventually;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.PlainPhone;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dialogs and transactions at their worst moments, with a phone that does what it is told. */
@Timeout(30)
class SipEdgeTest {
    private static final String SOUND = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n";
    private static final Duration BOUND = Duration.ofSeconds(10);

    private static Certificates certificates;

    private final ManualTimers timers = new ManualTimers();
    private final Events events = new Events();
    private final List<Leg.Event> told = new CopyOnWriteArrayList<>();
    private final int port = FreePorts.one();
    private SipEdge edge;
    private PlainPhone phone;

    @BeforeAll
    static void makeKeys(@TempDir Path keys) {
        certificates = new Certificates(keys, "secret", "box.test", Clock.systemUTC());
    }

    @BeforeEach
    void start() {
        var settings = new SipSettings(InetAddress.getLoopbackAddress(), port, FreePorts.one(), false, "box.test", certificates.file(), "secret");
        edge = new SipEdge(settings, _ -> Optional.of("right"), AddressFilter.EVERYBODY, events, Clock.systemUTC(), timers, new SecureRandom());
        phone = new PlainPhone("box.test", port, "102", "right");
    }

    @AfterEach
    void stop() {
        phone.close();
        edge.close();
        events.close();
    }

    /** A box that takes each call. */
    private void open() {
        edge.start(registration -> new Registrar.Outcome.Bound(registration.contacts()), invitation -> {
            Thread.ofVirtual().start(() -> invitation.leg().answer(SOUND));
            return told::add;
        });
    }

    private Leg call(String name) {
        return edge.invite(new SipEdge.Outgoing("sip:102@127.0.0.1:" + phone.port(), new Flow("UDP", "127.0.0.1", phone.port()), "101", name, "102", SOUND),
                told::add);
    }

    private <E extends Leg.Event> E await(Class<E> kind, int count) {
        return Eventually.eventually(BOUND, () -> told.stream().filter(kind::isInstance).map(kind::cast).toList(), list -> list.size() == count).getLast();
    }

    private static boolean is(String message, String method, int sequence) {
        return message.startsWith(method + " ") && PlainPhone.header(message, "CSeq").equals(sequence + " " + method);
    }

    @ParameterizedTest
    @ValueSource(strings = {"REGISTER", "INVITE"})
    void a_fault_of_ours_is_said_and_the_next_request_is_heard(String method) {
        edge.start(_ -> { throw new IllegalStateException("the disk is gone"); }, _ -> { throw new IllegalStateException("the disk is gone"); });
        for (int i = 0; i < 2; i++) {
            var answer = method.equals("INVITE") ? phone.invite("101", "") : phone.register();
            assertTrue(answer.startsWith("SIP/2.0 500"), answer);
        }
    }

    @Test
    void a_name_is_shown_as_it_is_and_is_never_a_header() {
        open();
        call("Bob \"B\" C:\\ x\r\nEvil: 1");
        var invite = phone.await(message -> message.startsWith("INVITE "));
        assertEquals("", PlainPhone.header(invite, "Evil"));
        assertTrue(PlainPhone.header(invite, "From").startsWith("\"Bob \\\"B\\\" C:\\\\ x Evil: 1\" <sip:101@box.test>"), invite);
    }

    @Test
    void a_call_is_cancelled_once_the_phone_has_heard_of_it_and_not_before() {
        open();
        phone.answerNext(0); // that one is lost
        phone.answerNext(180);
        call("").end();
        phone.await(message -> message.startsWith("CANCEL "));
        assertEquals(2, phone.count(message -> is(message, "INVITE", 1)));
        assertEquals(487, await(Leg.Event.Refused.class, 1).status());
    }

    @Test
    void a_phone_that_never_says_it_has_stopped_ringing_is_waited_for_half_a_minute() {
        open();
        phone.ignoreCancel();
        phone.answerNext(180);
        var leg = call("");
        await(Leg.Event.Ringing.class, 1);
        leg.end();
        phone.await(message -> message.startsWith("CANCEL "));
        assertEquals(1, timers.waiting());
        timers.push(Duration.ofSeconds(32));
        assertEquals(487, await(Leg.Event.Refused.class, 1).status());
        assertEquals(0, timers.waiting());
    }

    @Test
    void an_earlier_answer_that_comes_again_does_not_answer_what_was_asked_since() {
        open();
        var leg = call("");
        await(Leg.Event.Answered.class, 1);
        phone.await(message -> is(message, "ACK", 1));
        phone.answerNext(0);
        leg.reinvite(SOUND);
        phone.await(message -> is(message, "INVITE", 2));
        phone.repeatOk();
        Eventually.eventually(BOUND, () -> phone.count(message -> is(message, "ACK", 1)) == 2); // it is acknowledged anew
        assertEquals(1, told.stream().filter(Leg.Event.Answered.class::isInstance).count());
        await(Leg.Event.Answered.class, 2); // the re-INVITE is repeated, and answered
        phone.await(message -> is(message, "ACK", 2));
    }

    @Test
    void an_offer_that_a_phone_thinks_about_for_ever_is_taken_back() {
        open();
        var leg = call("");
        await(Leg.Event.Answered.class, 1);
        phone.answerNext(0);
        leg.reinvite(SOUND);
        phone.await(message -> is(message, "INVITE", 2));
        timers.push(Duration.ofSeconds(40));
        assertEquals(487, await(Leg.Event.Refused.class, 1).status());
        leg.reinvite(SOUND);
        await(Leg.Event.Answered.class, 2);
    }

    @Test
    void a_phone_that_knows_its_call_no_more_has_hung_up() {
        open();
        call("");
        await(Leg.Event.Answered.class, 1);
        var atPhone = phone.awaitCall();
        Eventually.eventually(BOUND, () -> {
            timers.push(Duration.ofMinutes(5)); // once it has answered, it is asked again five minutes later
            return phone.count(message -> message.startsWith("OPTIONS ")) == 2;
        });
        assertTrue(told.stream().noneMatch(Leg.Event.Ended.class::isInstance));
        phone.forget(atPhone);
        Eventually.eventually(BOUND, () -> {
            timers.push(Duration.ofMinutes(5));
            return told.stream().anyMatch(Leg.Event.Ended.class::isInstance);
        });
        assertEquals(0, timers.waiting());
    }

    @Test
    void a_refresh_without_an_offer_has_no_answer() {
        open();
        var answer = phone.update(phone.dial("101"));
        assertTrue(answer.startsWith("SIP/2.0 200") && PlainPhone.header(answer, "Content-Length").equals("0"), answer);
    }
}
