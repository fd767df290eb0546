package gatehouse.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import gatehouse.media.Media.SdpException;
import java.net.InetAddress;
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
        assertEquals(4000, parsed.rtcpAddress(audio).getPort());
        assertEquals(101, audio.telephoneEvent().orElseThrow());
        var own = SessionDescription.parse("v=0\nm=audio 4000 RTP/AVP 0\nc=IN IP6 2001:db8::1\na=rtcp:4777\n");
        assertEquals(4777, own.rtcpAddress(own.audio().orElseThrow()).getPort());
    }

    @Test
    void what_makes_no_sense_is_refused_with_words() {
        for (var wrong : new String[] {"", "hello", "v=1\n", "v=0\nm=audio\n", "v=0\nm=audio x RTP/AVP 0\n", "v=0\n" + "a=x\n".repeat(9000)}) {
            assertThrows(SdpException.class, () -> SessionDescription.parse(wrong), wrong);
        }
        assertThrows(SdpException.class, () -> {
            var named = SessionDescription.parse("v=0\nc=IN IP4 evil.example\nm=audio 4000 RTP/AVP 0\n");
            named.address(named.audio().orElseThrow());
        });
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
                    parsed.audio().get().telephoneEvent();
                }
            } catch (SdpException refused) {
                // what it is for
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + " run " + run + ":\n" + text, e);
            }
        }
    }
}
