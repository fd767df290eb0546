package gatehouse.redirection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.core.ProblemException;
import gatehouse.phones.Phone;
import gatehouse.redirection.Entry.State;
import gatehouse.remote.RemoteApi;
import gatehouse.templates.Templates;
import gatehouse.testkit.HttpDouble;
import gatehouse.testkit.ManualTimers;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.Workbench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told when, with time pushed by hand and services on loopback. */
class RedirectionsTest {
    private static final String ONE = "001565000001";
    private static final String TWO = "001565000002";
    @TempDir
    Path folder;
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-25T12:00:00Z"));
    private final Map<String, Phone> phones = new LinkedHashMap<>();
    private final YealinkDoubles.Keyed yealink = new YealinkDoubles.Keyed();
    private final GdmsDouble grandstream = new GdmsDouble();
    private final RemoteApi remote = new RemoteApi();
    private ManualTimers timers;
    private Workbench bench;
    private Redirections redirections;

    @BeforeEach
    void open() {
        timers = new ManualTimers();
        bench = new Workbench(folder, clock);
        redirections = new Redirections(bench.keeping, new RedirectionStore(bench.store), new Redirections.Parts(() -> List.copyOf(phones.values()),
                phone -> Templates.shipped().named(phone.template()).orElseThrow(), 8888, 8887, remote, timers, Runnable::run));
        redirections.start();
        pass(Duration.ofSeconds(1));
    }

    @AfterEach
    void close() {
        redirections.close();
        bench.close();
        yealink.close();
        grandstream.close();
        remote.close();
    }

    private void restart() {
        redirections.close();
        bench.close();
        open();
    }

    private void phone(String mac, String vendor, String model, String settings) {
        phones.put(mac, new Phone("id" + mac, "u", mac, vendor.toLowerCase(java.util.Locale.ROOT) + ".ph.xml", vendor, model, "folder" + mac,
                (ObjectNode) Json.parse(settings), clock.instant()));
        redirections.look();
    }

    private void set(Maker maker, ServiceDouble service) {
        redirections.update(Workbench.ADMIN, maker, Json.object().put("service", service.service().name()).put("enabled", true).put("host", "box.test")
                .put("base_url", service.base()).put("account", ServiceDouble.ACCOUNT).put("secret", ServiceDouble.SECRET).put("username", ServiceDouble.USERNAME)
                .put("password", ServiceDouble.PASSWORD).put("site_id", ServiceDouble.SITE));
    }

    private void pass(Duration time) {
        clock.move(time);
        timers.push(time);
    }

    private void soon() {
        pass(Duration.ofSeconds(1));
    }

    private Entry entry(String mac) {
        return redirections.store().byMac(mac).orElseThrow();
    }

    private static String address(String mac) {
        return "http://box.test:8888/provision/folder" + mac + "/";
    }

    @Test
    void nobody_is_told_anything_before_an_administrator_gave_credentials() {
        phone(ONE, "Yealink", "T46S", "{}");
        soon();
        assertEquals(0, redirections.store().count());
        assertTrue(yealink.http.asked().isEmpty());
        assertThrows(ProblemException.class, () -> redirections.check(Maker.YEALINK));
    }

    @Test
    void phones_are_led_here_as_they_come_and_nowhere_once_they_are_gone() {
        phone(ONE, "Yealink", "T46S", "{}");
        set(Maker.YEALINK, yealink);
        soon();
        assertEquals(Map.of(ONE, address(ONE)), yealink.phones);
        phone(TWO, "Yealink", "T46S", "{\"https\": true}");
        phone("000413000001", "Snom", "D785", "{}");
        soon();
        assertEquals("https://box.test:8887/provision/folder" + TWO + "/", yealink.phones.get(TWO));
        assertEquals(State.DONE, entry(TWO).state());
        phones.remove(ONE);
        redirections.look();
        soon();
        assertEquals(List.of(TWO), List.copyOf(yealink.phones.keySet()));
        assertTrue(redirections.store().byMac(ONE).isEmpty());
        assertEquals(1, redirections.store().count());
    }

    @Test
    void what_was_told_once_is_told_again_only_when_it_changed() {
        phone(ONE, "Yealink", "T46S", "{}");
        set(Maker.YEALINK, yealink);
        soon();
        var asked = yealink.http.asked().size();
        redirections.look();
        soon();
        restart();
        assertEquals(asked, yealink.http.asked().size());
        phones.replace(ONE, new Phone("id", "u", ONE, "yealink.ph.xml", "Yealink", "T46S", "another", Json.object(), clock.instant()));
        redirections.look();
        soon();
        assertEquals("http://box.test:8888/provision/another/", yealink.phones.get(ONE));
        redirections.update(Workbench.ADMIN, Maker.YEALINK, Json.object().put("host", "192.0.2.1"));
        soon();
        assertEquals("http://192.0.2.1:8888/provision/another/", yealink.phones.get(ONE));
    }

    @Test
    void a_phone_with_rps_switched_off_is_told_to_nobody() {
        phone(ONE, "Yealink", "T46S", "{\"rps\": false}");
        phone(TWO, "Yealink", "T46S", "{\"rps\": true}");
        set(Maker.YEALINK, yealink);
        soon();
        assertEquals(List.of(TWO), List.copyOf(yealink.phones.keySet()));
        phone(TWO, "Yealink", "T46S", "{\"rps\": false}");
        soon();
        assertEquals(Map.of(), yealink.phones);
    }

    @Test
    void a_service_that_is_down_rests_longer_each_time_and_what_waits_survives_a_restart() {
        set(Maker.YEALINK, yealink);
        yealink.answerInstead(new HttpDouble.Answer(503, ""));
        phone(ONE, "Yealink", "T46S", "{}");
        phone(TWO, "Yealink", "T46S", "{}");
        soon();
        assertEquals(1, yealink.http.asked().size(), "the other waits with it");
        for (int minutes = 1, asked = 2; minutes <= 32; minutes *= 2, asked++) {
            pass(Duration.ofMinutes(minutes).plusSeconds(1));
            assertEquals(asked, yealink.http.asked().size());
        }
        assertEquals(Trouble.UNREACHABLE, redirections.rest(Maker.YEALINK).orElseThrow().trouble());
        restart();
        yealink.answerInstead(null);
        pass(Duration.ofHours(1).plusSeconds(2));
        assertEquals(2, yealink.phones.size());
    }

    @Test
    void a_service_that_asks_for_time_gets_it() {
        set(Maker.YEALINK, yealink);
        yealink.answerInstead(new HttpDouble.Answer(429, "", Map.of("Retry-After", "900")));
        phone(ONE, "Yealink", "T46S", "{}");
        soon();
        yealink.answerInstead(null);
        pass(Duration.ofMinutes(14));
        assertEquals(Map.of(), yealink.phones);
        pass(Duration.ofMinutes(2));
        assertEquals(Map.of(ONE, address(ONE)), yealink.phones);
    }

    @Test
    void what_cannot_be_told_for_a_week_is_given_up_until_somebody_asks() {
        set(Maker.YEALINK, yealink);
        yealink.answerInstead(new HttpDouble.Answer(500, ""));
        phone(ONE, "Yealink", "T46S", "{}");
        for (int hours = 0; hours < 24 * 7 + 3; hours++) {
            pass(Duration.ofHours(1).plusSeconds(1));
        }
        assertEquals(State.GIVEN_UP, entry(ONE).state());
        var asked = yealink.http.asked().size();
        assertTrue(asked < 200, "about once an hour: " + asked);
        pass(Duration.ofDays(1));
        assertEquals(asked, yealink.http.asked().size());
        yealink.answerInstead(null);
        redirections.again(ONE);
        soon();
        assertEquals(State.DONE, entry(ONE).state());
        assertThrows(ProblemException.class, () -> redirections.again(TWO));
    }

    @Test
    void wrong_credentials_are_tried_once_an_hour_and_at_once_when_they_change() {
        redirections.update(Workbench.ADMIN, Maker.GRANDSTREAM, Json.object().put("service", "GRANDSTREAM_GDMS").put("enabled", true).put("host", "box.test")
                .put("base_url", grandstream.base()).put("account", ServiceDouble.ACCOUNT).put("secret", ServiceDouble.SECRET)
                .put("username", ServiceDouble.USERNAME).put("password", "wrong").put("site_id", ServiceDouble.SITE));
        phone("000b82000001", "Grandstream", "GRP2612", "{\"serial_number\": \"SN000b82000001\"}");
        soon();
        pass(Duration.ofMinutes(50));
        assertEquals(1, grandstream.http.asked().size());
        assertTrue(assertThrows(ProblemException.class, () -> redirections.check(Maker.GRANDSTREAM)).getMessage().contains("credentials"));
        redirections.update(Workbench.ADMIN, Maker.GRANDSTREAM, Json.object().put("password", ServiceDouble.PASSWORD));
        redirections.check(Maker.GRANDSTREAM);
        soon();
        assertEquals(address("000b82000001"), grandstream.phones.get("000b82000001"));
    }

    @Test
    void one_phone_that_is_somebody_elses_stops_no_other_and_one_maker_no_other() {
        yealink.others.add(ONE);
        phone(ONE, "Yealink", "T46S", "{}");
        phone(TWO, "Yealink", "T46S", "{}");
        phone("000b82000001", "Grandstream", "GRP2612", "{}");
        set(Maker.YEALINK, yealink);
        set(Maker.GRANDSTREAM, grandstream);
        soon();
        assertEquals(Map.of(TWO, address(TWO)), yealink.phones);
        assertEquals(Trouble.TAKEN, entry(ONE).trouble().orElseThrow());
        assertEquals(State.REFUSED, entry("000b82000001").state());
        assertEquals(Trouble.SERIAL, entry("000b82000001").trouble().orElseThrow());
        var asked = yealink.http.asked().size();
        pass(Duration.ofDays(2));
        assertEquals(asked, yealink.http.asked().size(), "a no stays a no until something changes");
        phone("000b82000001", "Grandstream", "GRP2612", "{\"serial_number\": \"SN000b82000001\"}");
        soon();
        assertEquals(State.DONE, entry("000b82000001").state());
        phones.remove(ONE);
        redirections.look();
        soon();
        assertTrue(redirections.store().byMac(ONE).isEmpty() && yealink.others.contains(ONE));
    }

    @Test
    void a_phone_that_went_while_its_service_was_down_is_forgotten_there_later() {
        set(Maker.YEALINK, yealink);
        phone(ONE, "Yealink", "T46S", "{}");
        soon();
        yealink.answerInstead(new HttpDouble.Answer(502, ""));
        phones.clear();
        redirections.look();
        soon();
        restart();
        yealink.answerInstead(null);
        pass(Duration.ofMinutes(3));
        assertEquals(Map.of(), yealink.phones);
        assertEquals(0, redirections.store().count());
    }

    @Test
    void settings_that_cannot_work_are_refused_and_a_secret_is_never_shown() {
        var problem = assertThrows(ProblemException.class, () -> redirections.update(Workbench.ADMIN, Maker.SNOM, Json.object().put("enabled", true)
                .put("service", "YEALINK_RPS").put("host", "http://box").put("base_url", "http://example.org").put("account", "a\nb")));
        assertEquals(List.of("service", "host", "base_url", "account", "secret"), problem.problems().stream().map(one -> one.detail().get("field")).toList());
        set(Maker.GRANDSTREAM, grandstream);
        var shown = redirections.settings(Maker.GRANDSTREAM).toString();
        assertTrue(shown.contains("\"has_secret\":true") && shown.contains("\"has_password\":true"), shown);
        assertFalse(shown.contains(ServiceDouble.SECRET) || shown.contains(ServiceDouble.PASSWORD), shown);
    }

    @Test
    void what_a_service_repeats_of_an_address_is_not_shown() {
        var words = new Refusal(Trouble.REJECTED, "Bad url http://b:8888/provision/0123456789abcdefghijklmnop/\nnot /provision/start/").getMessage();
        assertEquals("Bad url http://b:8888/provision/…/ not /provision/start/", words);
    }
}
