package gatehouse.pnp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.core.AddressFilter;
import gatehouse.core.Ids;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.PnpPhone;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real datagrams to the group, on loopback. */
@Timeout(60)
class PnpListenerTest {
    private final int port = FreePorts.one();
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private volatile InetAddress shutOut;
    private PnpListener listener;

    @BeforeEach
    void listen() {
        listener = new PnpListener(List.of(new Place("lo", port)), phone -> {
            asked.incrementAndGet();
            heard.put(phone.mac(), phone);
            return phone.mac().startsWith("ff") ? Optional.empty() : Optional.of("http://" + phone.boxAddress() + ":8888/provision/x/");
        }, address -> !address.equals(shutOut), new Ids(new SecureRandom()), nanos::get);
        listener.start();
    }

    @AfterEach
    void stop() {
        listener.close();
    }

    @Test
    void a_snom_is_told_200_and_then_its_address() throws Exception {
        try (var phone = new PnpPhone(port)) {
            var answers = phone.ask(phone.snom("000413AABBCC", "one@phone"));
            assertEquals(2, answers.size(), answers.toString());
            var ok = answers.getFirst();
            assertTrue(ok.startsWith("SIP/2.0 200 OK\r\n") && ok.contains(";rport=" + phone.localPort() + ";received=127.0.0.1\r\n"), ok);
            assertTrue(ok.contains("CSeq: 1 SUBSCRIBE\r\n") && ok.contains("Call-ID: one@phone\r\n"), ok);
            var notify = answers.getLast();
            assertTrue(notify.startsWith("NOTIFY sip:127.0.0.1:" + phone.localPort() + " SIP/2.0\r\n"), notify);
            assertTrue(notify.contains("Event: ua-profile;effective-by=0\r\n") && notify.contains("Subscription-State: terminated;reason=timeout\r\n")
                    && notify.contains("Content-Type: application/url\r\n") && notify.contains("Call-ID: one@phone\r\n"), notify);
            assertTrue(notify.contains("Content-Length: " + PnpPhone.body(notify).length() + "\r\n"), notify);
            assertEquals("http://127.0.0.1:8888/provision/x/", PnpPhone.body(notify));
            var ourTag = ok.replaceAll("(?s).*\r\nTo: [^\r]*(;tag=[^\r]+)\r.*", "$1");
            assertTrue(notify.contains("From: <sip:MAC%3a000413AABBCC@224.0.1.75>" + ourTag + "\r\n") && notify.contains("To: <sip:MAC%3a000413AABBCC@224.0.1.75>;tag=abc"),
                    notify);
            assertEquals(new Heard("000413aabbcc", "snom", "snomD785", "10.1.169.13", "127.0.0.1", "127.0.0.1"), heard.get("000413aabbcc"));
        }
    }

    @Test
    void a_yealink_with_compact_headers_and_a_folded_event_is_understood() throws Exception {
        try (var phone = new PnpPhone(port)) {
            var answers = phone.ask(phone.yealink("001565aabbcc", "two"));
            assertTrue(answers.getLast().startsWith("NOTIFY sip:MAC001565aabbcc@127.0.0.1:" + phone.localPort() + " SIP/2.0\r\n"), answers.getLast());
            assertEquals("Yealink SIP-T46S 66.86.0.15", heard.get("001565aabbcc").description());
        }
    }

    @Test
    void a_lost_notify_comes_again_and_a_repeated_subscribe_makes_no_second_one() throws Exception {
        try (var phone = new PnpPhone(port)) {
            phone.send(phone.snom("000413000001", "three"));
            phone.send(phone.snom("000413000001", "three"));
            assertTrue(phone.receive(5_000).orElseThrow().startsWith("SIP/2.0 200"));
            var first = phone.receive(5_000).orElseThrow();
            assertEquals(first, phone.receive(5_000).orElseThrow(), "nothing was confirmed, so the same NOTIFY comes again");
            assertEquals(1, asked.get());
        }
    }

    @Test
    void who_is_nobody_here_hears_nothing_so_that_another_server_may_answer() throws Exception {
        try (var phone = new PnpPhone(port)) {
            phone.send(phone.snom("ff0413000001", "four"));
            assertEquals(Optional.empty(), phone.receive(700));
            assertEquals(1, asked.get());
        }
    }

    @Test
    void an_address_that_is_shut_out_is_not_heard() throws Exception {
        shutOut = InetAddress.getByName("127.0.0.1");
        try (var phone = new PnpPhone(port)) {
            phone.send(phone.snom("000413000005", "shut-out"));
            assertEquals(Optional.empty(), phone.receive(500));
            assertEquals(0, asked.get());
        }
    }

    @Test
    void one_address_is_answered_ten_times_a_minute() throws Exception {
        try (var phone = new PnpPhone(port)) {
            for (int i = 0; i < PnpListener.MOST_OF_ONE + 5; i++) {
                phone.send(phone.snom("ff04130000%02d".formatted(i), "flood" + i));
            }
            assertEquals(Optional.empty(), phone.receive(700));
            assertEquals(PnpListener.MOST_OF_ONE, asked.get());
            nanos.addAndGet(61_000_000_000L);
            assertEquals("http://127.0.0.1:8888/provision/x/", phone.addressFor("000413000002"));
        }
    }

    @Test
    void whatever_else_comes_to_the_group_is_left_alone() throws Exception {
        try (var phone = new PnpPhone(port)) {
            var good = phone.snom("000413000003", "five");
            for (var bad : List.of("", "\r\n\r\n", "OPTIONS sip:x SIP/2.0\r\n\r\n", good.replace("ua-profile", "presence"), good.replace("Via:", "Vi:"),
                    good.replace("1 SUBSCRIBE", "1 INVITE"), good.replace("Call-ID", "Call"), good.replaceAll("000413000003", "nobody"))) {
                phone.send(bad);
            }
            assertEquals(Optional.empty(), phone.receive(500));
            assertEquals(0, asked.get());
        }
    }

    @Test
    void nobody_is_sent_what_somebody_else_asked_for() throws Exception {
        try (var phone = new PnpPhone(port); var victim = new PnpPhone(port)) {
            var request = phone.snom("000413000004", "six").replaceAll("Contact: [^\r]+", "Contact: <sip:192.0.2.99:" + victim.localPort() + ">");
            var answers = phone.ask(request);
            assertTrue(answers.getLast().startsWith("NOTIFY sip:127.0.0.1:" + phone.localPort()), answers.toString());
        }
    }

    @Test
    void bytes_of_any_kind_never_break_the_parser() {
        var seed = Long.getLong("seed", System.nanoTime());
        var random = new java.util.SplittableRandom(seed);
        var good = "SUBSCRIBE sip:MAC%3a000413aabbcc@224.0.1.75 SIP/2.0\r\nVia: SIP/2.0/UDP 1.2.3.4:5060;rport\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: x\r\n"
                .concat("CSeq: 1 SUBSCRIBE\r\nEvent: ua-profile;vendor=\"v\"\r\nContact: <sip:1.2.3.4>\r\n\r\n").getBytes(StandardCharsets.UTF_8);
        assertTrue(Subscribe.parse(good, good.length).isPresent());
        for (int i = 0; i < 3_000; i++) {
            var bytes = good.clone();
            for (int j = 0; j < 4; j++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            var source = new java.net.InetSocketAddress("127.0.0.1", 5060);
            Subscribe.parse(bytes, bytes.length).ifPresent(one -> {
                one.mac();
                one.about("vendor");
                assertEquals(source.getAddress(), one.notifyAt(source).getAddress(), "seed " + seed);
                assertFalse(one.accepted(source, "127.0.0.1", 5060, "t").isEmpty());
            });
        }
    }

    @Test
    void an_interface_that_is_not_there_is_named_with_those_that_are() {
        var wrong = assertThrows(IllegalStateException.class, () -> new PnpListener(List.of(new Place("eth99", port)), _ -> Optional.empty(),
                AddressFilter.EVERYBODY, new Ids(new SecureRandom()), System::nanoTime).start());
        assertTrue(wrong.getMessage().contains("eth99") && wrong.getMessage().contains("lo"), wrong.getMessage());
    }

    @Test
    void another_network_is_told_by_its_bits() {
        assertTrue(PnpListener.sameNetwork(new byte[] {10, 0, 0, 1}, new byte[] {10, 0, 0, (byte) 200}, 24));
        assertFalse(PnpListener.sameNetwork(new byte[] {10, 0, 0, 1}, new byte[] {10, 0, 0, (byte) 200}, 25));
        assertFalse(PnpListener.sameNetwork(new byte[] {10, 0, 0, 1}, new byte[16], 0));
    }
}
