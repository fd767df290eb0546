package gatehouse.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.media.Media.SdpException;
import java.net.InetAddress;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SessionDescriptionTest {
    private static final String PHONE = """
            v=0
            o=- 1 1 IN IP4 192.0.2.10
            s=-
            c=IN IP4 192.0.2.10
            t=0 0
            a=ice-ufrag:abcd
            m=audio 4000 RTP/AVP 0 8 101
            a=rtpmap:0 PCMU/8000
            a=rtpmap:101 telephone-event/8000
            a=rtcp-mux
            a=candidate:1 1 UDP 1 192.0.2.10 4000 typ host
            a=sendrecv
            m=video 5000 RTP/AVP 96
            a=rtpmap:96 H264/90000
            """;

    private static void check(String given, String expected) throws Exception {
        var parsed = SessionDescription.parse(given);
        var rewritten = new Rewriting(7).apply(parsed, parsed.audio().orElseThrow(), InetAddress.getByName("198.51.100.1"), 30002);
        assertEquals(expected.replace("\n", "\r\n"), rewritten.text());
    }

    @Test
    void the_other_leg_sees_the_box_alone_and_video_is_refused() throws Exception {
        check(PHONE, """
                v=0
                o=- 7 8 IN IP4 198.51.100.1
                s=-
                c=IN IP4 198.51.100.1
                t=0 0
                m=audio 30002 RTP/AVP 0 8 101
                a=rtpmap:0 PCMU/8000
                a=rtpmap:101 telephone-event/8000
                a=sendrecv
                m=video 0 RTP/AVP 96
                """);
    }

    @Test
    void hold_passes_through_old_style_and_new() throws Exception {
        check("v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-\nc=IN IP4 0.0.0.0\nt=0 0\nm=audio 4000 RTP/AVP 0\na=sendonly\n", """
                v=0
                o=- 7 8 IN IP4 198.51.100.1
                s=-
                c=IN IP4 0.0.0.0
                t=0 0
                m=audio 30002 RTP/AVP 0
                a=sendonly
                """);
    }

    @Test
    void addresses_ports_and_event_numbers_are_read() throws Exception {
        var parsed = SessionDescription.parse(PHONE);
        var audio = parsed.audio().orElseThrow();
        assertEquals("/192.0.2.10:4000", parsed.address(audio).toString());
        assertEquals(4001, parsed.rtcpAddress(audio).getPort(), "we never agree to rtcp-mux");
        assertEquals(101, audio.telephoneEvents().getFirst());
        var own = SessionDescription.parse("v=0\nm=audio 4000 RTP/AVP 0\nc=IN IP6 2001:db8::1\na=rtcp:4777\n");
        assertEquals(4777, own.rtcpAddress(own.audio().orElseThrow()).getPort());
    }

    @Test
    void what_makes_no_sense_is_refused_with_words() {
        for (var wrong : new String[] {"", "hello", "v=1\n", "v=0\nm=audio\n", "v=0\nm=audio x RTP/AVP 0\n", "v=0\n" + "a=x\n".repeat(9000)}) {
            assertThrows(SdpException.class, () -> SessionDescription.parse(wrong), wrong);
        }
        for (var name : new String[] {"IP4 evil.example", "IP4 cafe", "IP4 dead.beef", "IP4 1.2.3.4.5", "IP6 fe80::1%eth0", "IP6 :::"}) {
            assertThrows(SdpException.class, () -> {
                var named = SessionDescription.parse("v=0\nc=IN " + name + "\nm=audio 4000 RTP/AVP 0\n");
                named.address(named.audio().orElseThrow());
            }, name);
        }
    }

    @Test
    void every_number_for_telephone_events_is_read() throws Exception {
        var several = SessionDescription.parse(PHONE.replace("a=rtcp-mux", "a=rtpmap:110 TELEPHONE-EVENT/48000\na=rtpmap:999 telephone-event/8000"));
        assertEquals(List.of(101, 110), several.audio().orElseThrow().telephoneEvents());
    }

    @Test
    void the_version_moves_only_with_what_is_said() throws Exception {
        var rewriting = new Rewriting(7);
        var said = SessionDescription.parse(PHONE);
        var first = rewriting.apply(said, said.audio().orElseThrow(), InetAddress.ofLiteral("2001:db8::1"), 30002);
        assertTrue(first.session().contains("o=- 7 8 IN IP6 2001:db8:0:0:0:0:0:1"), first.text());
        assertEquals(first, rewriting.apply(said, said.audio().orElseThrow(), InetAddress.ofLiteral("2001:db8::1"), 30002));
        var held = SessionDescription.parse(PHONE.replace("sendrecv", "sendonly"));
        var second = rewriting.apply(held, held.audio().orElseThrow(), InetAddress.ofLiteral("2001:db8::1"), 30002);
        assertTrue(second.session().contains("o=- 7 9 IN IP6 2001:db8:0:0:0:0:0:1"), second.text());
    }

    /** What holds for every description that can be read. */
    @Test
    void whatever_is_passed_on_shows_the_box_alone_and_reads_the_same_again() throws Exception {
        var seed = Long.getLong("seed", new Random().nextLong());
        var random = new Random(seed);
        var lines = PHONE.lines().toList();
        for (int run = 0; run < 2_000; run++) {
            var chosen = new StringBuilder("v=0\n");
            random.ints(40, 1, lines.size()).distinct().limit(random.nextInt(lines.size())).forEach(i -> chosen.append(lines.get(i)).append(random.nextBoolean() ? "\n" : "\r\n"));
            var given = SessionDescription.parse(chosen.toString());
            if (given.audio().isPresent()) {
                var passed = new Rewriting(7).apply(given, given.audio().get(), InetAddress.ofLiteral("198.51.100.1"), 30002);
                assertEquals(passed, SessionDescription.parse(passed.text()), "seed " + seed);
                assertEquals(given.streams().size(), passed.streams().size(), "seed " + seed);
                assertEquals(30002, passed.audio().orElseThrow().port(), "seed " + seed);
                assertFalse(passed.text().contains("192.0.2.10"), "seed " + seed + "\n" + passed.text());
                assertFalse(passed.text().contains("candidate"), "seed " + seed);
            }
        }
    }

    @Test
    void nothing_that_arrives_breaks_the_reader() {
        var seed = Long.getLong("seed", new Random().nextLong());
        var random = new Random(seed);
        for (int run = 0; run < 20_000; run++) {
            var bytes = PHONE.toCharArray();
            for (int i = random.nextInt(1, 12); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (char) random.nextInt(128);
            }
            var text = new String(bytes, 0, random.nextInt(bytes.length + 1));
            try {
                var parsed = SessionDescription.parse(text);
                if (parsed.audio().isPresent()) {
                    parsed.address(parsed.audio().get());
                    parsed.rtcpAddress(parsed.audio().get());
                    parsed.audio().get().telephoneEvents();
                    new Rewriting(7).apply(parsed, parsed.audio().get(), InetAddress.getLoopbackAddress(), 30002);
                }
            } catch (SdpException refused) {
                // what it is for
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " run " + run + ":\n" + text, e);
            }
        }
    }
}
