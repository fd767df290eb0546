package gatehouse.calls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gatehouse.calls.Directory.Party;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.media.Media;
import gatehouse.media.NioMedia;
import gatehouse.sip.CallTaker.Invitation;
import gatehouse.sip.Leg.Event;
import gatehouse.testkit.Eventually;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.ManualTimers;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** 102 talks with 101 and with 103, and joins the two, while something else happens at the worst moment. */
@Timeout(30)
class HandingOnTest {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Duration GLARE = Duration.ofMillis(2_100);
    private static final Duration RING_FOR = Duration.ofSeconds(60);

    private final SecureRandom random = new SecureRandom();
    private final ManualTimers timers = new ManualTimers();
    private final Events events = new Events();
    private final int port = FreePorts.range(40);
    private final Media media = new NioMedia(InetAddress.getLoopbackAddress(), port, port + 39, random);
    private final Map<String, CallRecord> records = new ConcurrentHashMap<>();
    private final CountDownLatch asleep = new CountDownLatch(1);
    private final Calls calls = new Calls(null, media, null, this::party, events, timers, Clock.systemUTC(), new Ids(random), RING_FOR);

    private final ScriptedLeg first = new ScriptedLeg("first");
    private final ScriptedLeg middleOfFirst = new ScriptedLeg("middle of first");
    private final ScriptedLeg middleOfSecond = new ScriptedLeg("middle of second");
    private final ScriptedLeg last = new ScriptedLeg("last");
    private final Call one = talking("one", "101", first, "102", middleOfFirst);
    private final Call two = talking("two", "102", middleOfSecond, "103", last);

    @AfterEach
    void stop() {
        calls.close();
        media.close();
        events.close();
    }

    /** Who asks for "wait" waits: so a call's owner is kept from its mailbox. Neither that nor "none" is anybody's number. */
    private Optional<Party> party(String number) {
        if (number.equals("wait")) {
            try {
                asleep.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return number.equals("wait") || number.equals("none") ? Optional.empty() : Optional.of(new Party(number, "User " + number));
    }

    private Call talking(String id, String caller, ScriptedLeg callerLeg, String callee, ScriptedLeg calleeLeg) {
        events.on(CallEvent.Ended.class, ended -> records.put(ended.id() + " " + ended.record().callee(), ended.record()));
        var call = new Call(calls, id, new Invitation(callerLeg, caller, callee, ScriptedLeg.SOUND), party(caller).get(), party(callee).get(),
                Before.handedOn(Optional.empty(), Optional.of(EstablishedLeg.of(calleeLeg))));
        callerLeg.listen(call::on);
        calls.replace(call, call);
        calls.start(call, List.of());
        Eventually.eventually(BOUND, () -> call.live().answeredAt().isPresent());
        return call;
    }

    private Calls.Outcome join() {
        return calls.join(new Calls.Consultation("102", "one", "101", Optional.of("two"), "103"));
    }

    private void awaitAsked(ScriptedLeg leg, String what) {
        Eventually.eventually(BOUND, leg::asked, asked -> asked.contains(what));
    }

    /** Waits until the call's owner has read all that came before. */
    private void awaitRead(ScriptedLeg leg) {
        leg.tell(new Event.Referred(leg, "none", Optional.empty()));
        awaitAsked(leg, "referred 404");
    }

    private void awaitNoCall() {
        Eventually.eventually(BOUND, calls::live, List::isEmpty);
        Eventually.eventually(BOUND, () -> media.counters().portsInUse() == 0);
    }

    private EndReason reason(String record) {
        return Eventually.eventually(BOUND, () -> records.get(record), found -> found != null).endReason().orElse(null);
    }

    private void joined() {
        assertEquals(new Calls.Outcome.Done("one"), join());
        Eventually.eventually(BOUND, calls::live, all -> all.size() == 1 && all.getFirst().callee().equals("103") && all.getFirst().answeredAt().isPresent());
    }

    @Test
    void the_two_others_go_on_and_who_joined_them_is_out() {
        joined();
        assertEquals(List.of("reinvite", "reinvite"), last.asked()); // when the test's call began, and when it was joined
        assertEquals(List.of("answer", "reinvite"), first.asked());
        assertEquals(List.of("reinvite", "referred 200", "end"), middleOfFirst.asked());
        assertEquals(List.of("answer", "referred 200", "end"), middleOfSecond.asked());
        assertEquals(EndReason.CONSULT_TRANSFER_COMPLETED, reason("one 102"));
        assertEquals(EndReason.CONSULT_TRANSFER_COMPLETED, reason("two 103"));
        last.tell(new Event.Ended(last));
        assertEquals(EndReason.CALLEE_DISCONNECTED, reason("one 103"));
        awaitAsked(first, "end");
        awaitNoCall();
    }

    @Test
    void to_each_phone_it_is_one_session_still() {
        joined();
        for (var leg : List.of(first, last)) {
            var origins = leg.origins();
            assertEquals(2, origins.size());
            assertEquals(origins.get(0)[1], origins.get(1)[1], "the session id stays");
            assertEquals(Long.parseLong(origins.get(0)[2]) + 1, Long.parseLong(origins.get(1)[2]), "the version counts on");
        }
    }

    @Test
    void who_hangs_up_while_being_handed_over_ends_the_call_at_once() {
        last.silent();
        middleOfSecond.tell(new Event.Referred(middleOfSecond, "wait", Optional.empty())); // the second call's owner is busy
        assertEquals(new Calls.Outcome.Done("one"), join());
        awaitRead(middleOfFirst); // the first call has asked the second for its other end
        last.tell(new Event.Ended(last)); // lies in the mailbox of a call that is to give that leg up
        asleep.countDown();
        assertEquals(EndReason.CALLEE_DISCONNECTED, reason("one 103"));
        awaitAsked(first, "end");
        awaitNoCall();
    }

    @Test
    void who_hangs_up_while_the_others_are_joined_ends_the_call_at_once() {
        last.silent();
        assertEquals(new Calls.Outcome.Done("one"), join());
        Eventually.eventually(BOUND, last::asked, asked -> asked.size() == 2);
        first.tell(new Event.Ended(first));
        awaitAsked(last, "end");
        assertEquals(EndReason.CANCELLED, reason("one 103"));
        awaitNoCall();
    }

    @Test
    void a_phone_that_does_not_take_the_new_sound_is_ended_and_so_is_the_other() {
        last.refusing(488);
        assertEquals(new Calls.Outcome.Done("one"), join());
        awaitAsked(last, "end");
        awaitAsked(first, "end");
        assertEquals(488, Eventually.eventually(BOUND, () -> records.get("one 103"), found -> found != null).statusCode());
        awaitNoCall();
    }

    @Test
    void a_phone_that_is_busy_with_an_offer_of_its_own_is_asked_again() {
        last.refusing(491);
        assertEquals(new Calls.Outcome.Done("one"), join());
        Eventually.eventually(BOUND, last::asked, asked -> asked.size() == 2);
        last.tell(new Event.Reoffered(last, ScriptedLeg.SOUND)); // that offer: nobody is there to answer it yet
        awaitAsked(last, "refuse 491");
        last.accepting();
        timers.push(GLARE);
        Eventually.eventually(BOUND, calls::live, all -> all.getFirst().answeredAt().isPresent());
        assertEquals(List.of("reinvite", "reinvite", "refuse 491", "reinvite"), last.asked());
    }

    @Test
    void a_phone_that_never_answers_is_given_up() {
        last.silent();
        assertEquals(new Calls.Outcome.Done("one"), join());
        Eventually.eventually(BOUND, last::asked, asked -> asked.size() == 2);
        awaitEnd(() -> timers.push(RING_FOR), first, last);
        assertEquals(480, records.get("one 103").statusCode());
    }

    private void awaitEnd(Runnable what, ScriptedLeg... legs) {
        Eventually.eventually(BOUND, () -> {
            what.run(); // the call may not have set its timer yet
            return calls.live().isEmpty();
        });
        List.of(legs).forEach(leg -> awaitAsked(leg, "end"));
        awaitNoCall();
    }

    @Test
    void a_join_waits_until_the_phones_have_agreed_to_a_hold() {
        middleOfFirst.silent();
        calls.hold("one", "102", true);
        Eventually.eventually(BOUND, middleOfFirst::asked, asked -> asked.size() == 2);
        assertEquals(new Calls.Outcome.Done("one"), join());
        awaitRead(first);
        assertFalse(middleOfFirst.asked().contains("end"));
        assertFalse(middleOfSecond.asked().contains("end"));
        middleOfFirst.tell(new Event.Answered(middleOfFirst, ScriptedLeg.SOUND));
        awaitAsked(middleOfFirst, "end");
        awaitAsked(middleOfSecond, "end");
        Eventually.eventually(BOUND, calls::live, all -> all.size() == 1 && all.getFirst().answeredAt().isPresent());
    }

    @Test
    void a_second_call_that_is_over_by_then_leaves_the_first_as_it_was() {
        middleOfFirst.tell(new Event.Referred(middleOfFirst, "wait", Optional.empty()));
        assertEquals(new Calls.Outcome.Done("one"), join());
        last.tell(new Event.Ended(last));
        assertEquals(EndReason.CALLEE_DISCONNECTED, reason("two 103"));
        asleep.countDown();
        awaitAsked(middleOfFirst, "referred 491");
        assertEquals(List.of("one"), calls.live().stream().map(LiveCall::id).toList());
        assertFalse(first.asked().contains("end") || middleOfFirst.asked().contains("end"));
    }

    @Test
    void a_first_call_that_is_over_by_then_leaves_the_second_as_it_was() {
        middleOfFirst.tell(new Event.Referred(middleOfFirst, "wait", Optional.empty()));
        first.tell(new Event.Ended(first));
        assertEquals(new Calls.Outcome.Done("one"), join());
        asleep.countDown();
        assertEquals(EndReason.CALLER_DISCONNECTED, reason("one 102"));
        awaitRead(middleOfSecond);
        assertFalse(last.asked().contains("end") || middleOfSecond.asked().contains("end"));
    }

    @Test
    void two_calls_that_are_joined_with_each_other_at_once_lose_nobody() {
        one.join(Media.Leg.CALLEE, two, Media.Leg.CALLER);
        two.join(Media.Leg.CALLER, one, Media.Leg.CALLEE);
        Eventually.eventually(BOUND, () -> {
            var gone = middleOfFirst.asked().contains("end") && middleOfSecond.asked().contains("end");
            return gone || middleOfFirst.asked().contains("referred 491") && middleOfSecond.asked().contains("referred 491");
        });
        assertFalse(first.asked().contains("end") || last.asked().contains("end"));
    }

    @Test
    void a_call_that_is_ended_from_outside_while_it_is_handed_on_ends() {
        middleOfFirst.tell(new Event.Referred(middleOfFirst, "wait", Optional.empty()));
        assertEquals(new Calls.Outcome.Done("one"), join());
        awaitRead(middleOfSecond);
        calls.destroy("one");
        asleep.countDown();
        awaitNoCallButMaybe("two");
        awaitAsked(first, "end");
    }

    private void awaitNoCallButMaybe(String id) {
        Eventually.eventually(BOUND, calls::live, all -> all.stream().allMatch(call -> call.id().equals(id)));
    }

    @Test
    void what_cannot_be_joined_is_refused() {
        var unknown = new Calls.Outcome.Unknown();
        assertEquals(unknown, calls.join(new Calls.Consultation("102", "none", "101", Optional.of("two"), "103")));
        assertEquals(unknown, calls.join(new Calls.Consultation("102", "one", "101", Optional.of("none"), "103")));
        assertEquals(unknown, calls.join(new Calls.Consultation("102", "one", "104", Optional.of("two"), "103")));
        assertEquals(unknown, calls.join(new Calls.Consultation("102", "one", "101", Optional.of("two"), "104")));
        assertEquals(unknown, calls.join(new Calls.Consultation("101", "one", "102", Optional.of("two"), "103")));
        assertEquals(unknown, calls.join(new Calls.Consultation("102", "one", "101", Optional.empty(), "104")));
        assertEquals(new Calls.Outcome.Nobody("refer_to_1"), calls.join(new Calls.Consultation("102", "one", "none", Optional.empty(), "103")));
        assertEquals(new Calls.Outcome.Nobody("refer_to_2"), calls.join(new Calls.Consultation("102", "one", "101", Optional.empty(), "none")));
        talking("three", "103", new ScriptedLeg("103 again"), "102", new ScriptedLeg("102 again"));
        assertEquals(Calls.Outcome.NotNow.class, calls.join(new Calls.Consultation("102", "one", "101", Optional.empty(), "103")).getClass()); // which of two?
    }
}
