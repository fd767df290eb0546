package gatehouse.redirection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.core.Ids;
import gatehouse.remote.RemoteApi;
import gatehouse.testkit.HttpDouble;
import gatehouse.testkit.MovedClock;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every service's protocol, each against a double that knows the same secret and checks what it is shown. */
class RedirectionProtocolsTest {
    private static final String MAC = "001565aabbcc";
    private static final String FOLDER = "http://box.test:8888/provision/abc0123/";
    private final MovedClock clock = new MovedClock(Instant.parse("2026-11-25T12:00:00Z"));
    private final RemoteApi remote = new RemoteApi();

    static Stream<Supplier<ServiceDouble>> doubles() {
        return Stream.of(XmlRpcDoubles.Yealink::new, YealinkDoubles.Keyed::new, YealinkDoubles.Cloud::new, SrapsDouble::new, XmlRpcDoubles.Snom::new,
                GdmsDouble::new, XmlRpcDoubles.Fanvil::new, XmlRpcDoubles.Htek::new);
    }

    private Redirection open(Access access) {
        return Redirection.of(new Line(remote, access, clock, new Ids(new SecureRandom())));
    }

    private static Target target(String folder) {
        return new Target(MAC, folder, MAC + ".cfg", "D785", "SN" + MAC, "http://box.test:8888/provision/start/");
    }

    /** What each makes of a folder. */
    private static String led(Service service, String folder) {
        return switch (service) {
            case SNOM_SRAPS, SNOM_XML -> folder + "snomD785.htm";
            case FANVIL_FDPS -> folder + MAC + ".cfg";
            default -> folder;
        };
    }

    private static Trouble trouble(org.junit.jupiter.api.function.Executable what) {
        return assertThrows(Refusal.class, what).trouble();
    }

    @ParameterizedTest
    @MethodSource("doubles")
    void a_phone_is_led_to_its_folder_then_to_another_and_then_nowhere(Supplier<ServiceDouble> made) throws Refusal {
        try (var service = made.get()) {
            var redirection = open(service.access());
            redirection.check();
            redirection.forget(MAC); // it is not there: nothing to do
            redirection.tell(target(FOLDER));
            assertEquals(Map.of(MAC, led(service.service(), FOLDER)), service.phones);
            redirection.tell(target(FOLDER)); // what a power cut left in doubt is done again
            assertEquals(Map.of(MAC, led(service.service(), FOLDER)), service.phones);
            var other = FOLDER.replace("http:", "https:").replace("8888", "8887").replace("abc", "xyz");
            redirection.tell(target(other));
            assertEquals(Map.of(MAC, led(service.service(), other)), service.phones);
            redirection.forget(MAC);
            assertEquals(Map.of(), service.phones);
        }
    }

    @ParameterizedTest
    @MethodSource("doubles")
    void what_somebody_else_has_stays_theirs(Supplier<ServiceDouble> made) throws Refusal {
        try (var service = made.get()) {
            service.others.add(MAC);
            var redirection = open(service.access());
            assertEquals(Trouble.TAKEN, trouble(() -> redirection.tell(target(FOLDER))));
            redirection.forget(MAC);
            assertTrue(service.others.contains(MAC) && service.phones.isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("doubles")
    void a_wrong_secret_opens_nothing(Supplier<ServiceDouble> made) {
        try (var service = made.get()) {
            var wrong = open(service.access("another secret", ServiceDouble.PASSWORD));
            assertEquals(Trouble.CREDENTIALS, trouble(wrong::check));
            assertEquals(Trouble.CREDENTIALS, trouble(() -> wrong.tell(target(FOLDER))));
            assertEquals(Trouble.CREDENTIALS, trouble(() -> wrong.forget(MAC)));
            assertEquals(Map.of(), service.phones);
        }
    }

    @ParameterizedTest
    @MethodSource("doubles")
    void a_service_in_trouble_is_told_apart_from_one_that_says_no(Supplier<ServiceDouble> made) {
        try (var service = made.get()) {
            var redirection = open(service.access());
            service.answerInstead(new HttpDouble.Answer(429, "", Map.of("Retry-After", "7200")));
            var busy = assertThrows(Refusal.class, () -> redirection.tell(target(FOLDER)));
            assertEquals(Trouble.BUSY, busy.trouble());
            assertEquals(Optional.of(Duration.ofHours(2)), busy.after());
            for (var answer : new HttpDouble.Answer[] {new HttpDouble.Answer(503, "down"), new HttpDouble.Answer(200, "<html>Sign in to this Wi-Fi</html>"),
                    new HttpDouble.Answer(200, ""), new HttpDouble.Answer(302, "", Map.of("Location", "http://127.0.0.1:9/"))}) {
                service.answerInstead(answer);
                var said = trouble(() -> open(service.access()).tell(target(FOLDER)));
                assertTrue(said.ofService(), answer + " is " + said);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("doubles")
    void neither_the_secret_nor_anything_but_the_phone_and_its_address_is_sent(Supplier<ServiceDouble> made) throws Refusal {
        try (var service = made.get()) {
            open(service.access()).tell(target(FOLDER));
            for (var sent : service.sent()) {
                assertFalse(sent.contains(ServiceDouble.PASSWORD), sent);
                if (!service.service().name().contains("GDMS")) { // whose token is asked for with the secret itself (RFC 6749 2.3.1)
                    assertFalse(sent.contains(ServiceDouble.SECRET), sent);
                }
            }
        }
    }

    @Test
    void a_token_that_ended_early_is_asked_for_anew() throws Refusal {
        try (var gdms = new GdmsDouble(); var ymcs = new YealinkDoubles.Cloud()) {
            var one = open(gdms.access());
            var other = open(ymcs.access());
            one.tell(target(FOLDER));
            other.tell(target(FOLDER));
            gdms.token = "gdms-token-2";
            ymcs.token = "ymcs-token-2";
            one.forget(MAC);
            other.forget(MAC);
            assertTrue(gdms.phones.isEmpty() && ymcs.phones.isEmpty());
        }
    }

    @Test
    void a_token_is_kept_until_a_minute_before_its_end() throws Refusal {
        try (var gdms = new GdmsDouble()) {
            var one = open(gdms.access());
            one.check();
            clock.move(Duration.ofMinutes(58));
            one.check();
            assertEquals(1, gdms.http.asked().stream().filter(asked -> asked.path().endsWith("/token")).count());
            clock.move(Duration.ofMinutes(2));
            one.check();
            assertEquals(2, gdms.http.asked().stream().filter(asked -> asked.path().endsWith("/token")).count());
        }
    }

    @Test
    void grandstream_wants_the_right_serial_number_and_gets_an_address_alone() throws Refusal {
        try (var gdms = new GdmsDouble()) {
            var one = open(gdms.access());
            assertEquals(Trouble.SERIAL, trouble(() -> one.tell(new Target(MAC, FOLDER, "", "", "", ""))));
            assertEquals(Trouble.SERIAL, trouble(() -> one.tell(new Target(MAC, FOLDER, "", "", "SN-of-another", ""))));
            one.tell(target(FOLDER));
            assertEquals("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gs_provision version=\"1\"><mac>" + MAC + "</mac><config version=\"1\"><P212>1</P212>"
                    + "<P237>box.test:8888/provision/abc0123/</P237></config></gs_provision>\n", gdms.files.get(MAC));
            assertEquals(Trouble.CREDENTIALS, trouble(() -> open(gdms.access(ServiceDouble.SECRET, "wrong")).check()));
        }
    }

    @Test
    void yealinks_cloud_takes_phones_with_and_without_a_serial_number() throws Refusal {
        try (var ymcs = new YealinkDoubles.Cloud()) {
            var one = open(ymcs.access());
            one.tell(new Target(MAC, FOLDER, "", "", "", ""));
            assertEquals(FOLDER, ymcs.phones.get(MAC));
            assertEquals(Trouble.SERIAL, trouble(() -> one.tell(new Target(MAC, FOLDER, "", "", "SN-of-another", ""))));
        }
    }

    @Test
    void a_signed_request_never_leaves_the_service() {
        try (var sraps = new SrapsDouble(); var elsewhere = new SrapsDouble()) {
            sraps.companyLink = elsewhere.base() + "/companies/c1";
            assertEquals(Trouble.UNREACHABLE, trouble(() -> open(sraps.access()).check()));
            assertTrue(elsewhere.http.asked().isEmpty());
        }
    }

    /** The example of Hawk's own document, whose {@code ext} these requests do not have. */
    @Test
    void hawk_signs_as_its_document_does() {
        var key = "werxhqb98rpaxn39848xrunpaw3489ruxnpa98w4rxn";
        assertEquals("Yi9LfIIFRtBEPt74PVmbTF/xVAwPn7ub15ePICfgnuY=", Hawk.payload("text/plain", "Thank you for flying Hawk"));
        var get = Hawk.normal(URI.create("http://example.com:8000/resource/1?b=1&a=2"), "GET", "", 1353832234, "j4h3g2");
        assertEquals("6R4rV5iE+NPoym+WwjeHzjAGXUtLNIxmo1vpMofpLAE=", Digests.signed(key, withExt(get)));
        var post = Hawk.normal(URI.create("http://example.com:8000/resource/1?b=1&a=2"), "POST", "Yi9LfIIFRtBEPt74PVmbTF/xVAwPn7ub15ePICfgnuY=", 1353832234,
                "j4h3g2");
        assertEquals("aSe1DERmZuRl3pI36/9BdZmnErTw3sNzOOAUlfeKjVw=", Digests.signed(key, withExt(post)));
    }

    private static String withExt(String normal) {
        return normal.substring(0, normal.length() - 1) + "some-app-ext-data\n";
    }

    private static XmlRpc.Answer read(String xml) throws Refusal {
        return XmlRpc.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_answer_in_xml_is_read_however_it_is_written() throws Refusal {
        assertEquals(new XmlRpc.Answer(true, "OK & more"), read("<methodResponse><params><param><value><array><data><value><boolean>1</boolean></value>"
                + "<value><string><![CDATA[OK & more]]></string></value></data></array></value></param></params></methodResponse>"));
        assertEquals(new XmlRpc.Answer(false, "no"), read("<?xml version='1.0'?>\n<methodResponse>\n <params><param><value><array><data>\n<value>\n<boolean>0"
                + "</boolean>\n</value>\n<value>no</value>\n</data></array></value></param></params></methodResponse>"));
        assertEquals(new XmlRpc.Answer(true, ""), read("<methodResponse><params><param><value><boolean>true</boolean></value></param></params></methodResponse>"));
        var fault = assertThrows(Refusal.class, () -> read(XmlRpcDoubles.XmlRpcDouble.fault("x")));
        assertEquals(Trouble.REJECTED, fault.trouble());
        assertTrue(fault.getMessage().contains("No such handler: x"), fault.getMessage());
    }

    @Test
    void a_strangers_xml_reads_no_file_and_blows_nothing_up() {
        var whole = "%s<methodResponse><params><param><value><array><data><value><boolean>1</boolean></value><value>%s</value></data></array></value></param>"
                + "</params></methodResponse>";
        assertEquals(Trouble.UNREACHABLE, trouble(() -> read(whole.formatted("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>", "&e;"))));
        assertEquals(Trouble.UNREACHABLE, trouble(() -> read(whole.formatted("<!DOCTYPE x [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">]>", "&b;"))));
        assertEquals(Trouble.UNREACHABLE, trouble(() -> read("<value>".repeat(100_000))));
        assertEquals(Trouble.UNREACHABLE, trouble(() -> read("<a><value>" + "<value>1</value>".repeat(20_000) + "</value></a>")));
        assertEquals(Trouble.UNREACHABLE, trouble(() -> read("not xml")));
    }
}
