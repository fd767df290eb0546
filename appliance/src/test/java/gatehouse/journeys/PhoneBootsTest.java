package gatehouse.journeys;

import static gatehouse.testkit.Eventually.eventually;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.Config;
import gatehouse.pnp.Place;
import gatehouse.testkit.Box;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.phones.Maker;
import gatehouse.testkit.phones.Makers;
import gatehouse.testkit.phones.SimulatedPhone;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Phones of every maker, from an empty memory to registered, and all at once after a power cut. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(240)
class PhoneBootsTest {
    private static final int MANY = 150;
    private static final Set<String> WITHOUT_DIRECTORY = Set.of("Akuvox R20A", "Alcatel-Lucent M5", "Algo 8301", "2N IP Verso", "CyberData intercom"); // they have none, or what they read is not known to us
    private final int pnp = FreePorts.one();
    private final int tftp = FreePorts.one();
    private Box box;
    private SimulatedPhone.Network network;
    private int phones = 0;

    @BeforeAll
    void start() {
        box = Box.startDiscovering(new Config.Discovery(List.of(new Place("lo", pnp)), tftp));
        box.admin().post("/users", Box.aUser("100").put("display_name", "Reception")).expect(201);
        network = new SimulatedPhone.Network(pnp, box.httpOrigin() + "/provision/start/", tftp);
    }

    @AfterAll
    void stop() {
        box.close();
    }

    static Stream<Maker> makers() {
        return Makers.all().stream();
    }

    /** Somebody's, and known to the box. @return where its files are */
    private String given(Maker maker, String number, String mac) {
        var vendor = StreamSupport.stream(box.admin().get("/phone_models").expect(200).get("items").spliterator(), false)
                .filter(model -> model.get("filename").asText().equals(maker.template()) && model.get("model").asText().equals(maker.model()))
                .map(model -> model.get("display_name").asText().replace(" " + maker.model(), "")).findFirst().orElseThrow();
        var created = box.admin().post("/users/" + box.user(number) + "/phones", Box.aPhone(mac, maker.template(), maker.model()).put("vendor", vendor)).expect(201);
        return created.get("url").asText().replaceAll("[^/]*$", "");
    }

    private JsonNode ladder(String mac) {
        return box.admin().get("/phones/" + mac + "/ladder").expect(200);
    }

    private static List<String> steps(JsonNode ladder) {
        return StreamSupport.stream(ladder.get("steps").spliterator(), false).map(step -> step.get("step").asText()).toList();
    }

    @ParameterizedTest
    @MethodSource("makers")
    void from_an_empty_phone_to_a_registered_one(Maker maker) throws Exception {
        var number = Integer.toString(200 + ++phones);
        var mac = "0015651000%02x".formatted(phones);
        given(maker, number, mac);
        box.admin().post("/phones/" + mac + "/adoption_window", "{}").expect(200);
        try (var phone = new SimulatedPhone(maker, mac, "127.0.1." + phones)) {
            var first = phone.boot(network);
            assertFalse(first.fetched().isEmpty());
            assertTrue(first.unchanged().isEmpty(), "an empty phone knows nothing: " + first);
            var ladder = eventually(Duration.ofSeconds(5), () -> ladder(mac), found -> steps(found).contains("REGISTERED"));
            for (var file : first.fetched()) {
                if (file.toLowerCase(Locale.ROOT).contains(mac)) {
                    assertTrue(ladder.get("steps").toString().contains("\"FETCHED\",\"ip\":\"127.0.1." + phones + "\",\"detail\":\"" + file), file + ": " + ladder);
                }
            }
            assertEquals(maker.way().name().startsWith("PNP"), steps(ladder).contains("HEARD"), ladder.toString());
            assertTrue(ladder.get("stands").asText().startsWith("It is registered as " + number), ladder.toString());

            looksUp(phone);
            told(phone, number);
            phone.powerOff();
            phone.boot(network);
            var third = phone.boot(network);
            assertEquals(maker.memory() == Maker.Memory.TAG, third.fetched().isEmpty(), "it has all this: " + third);
        }
    }

    /** Each address that its files name leads to colleagues, or to a menu that does. */
    private static void looksUp(SimulatedPhone phone) throws Exception {
        assertEquals(WITHOUT_DIRECTORY.contains(phone.maker().name()), phone.directories().isEmpty(), phone.directories().toString());
        var shown = new StringBuilder();
        for (var directory : phone.directories()) {
            shown.append(phone.lookUp(directory));
        }
        assertTrue(phone.directories().isEmpty() || shown.indexOf("Reception") >= 0 || shown.indexOf("Colleagues") >= 0, shown.toString());
    }

    /** The box tells it to fetch its files. */
    private void told(SimulatedPhone phone, String number) {
        box.admin().post("/phones/" + phone.mac() + "/reprovision").expect(200);
        eventually(Duration.ofSeconds(10), phone::ordersDone, done -> done >= 1);
        assertEquals(1, phone.events().size(), number + " " + phone.events());
    }

    @Test
    void many_that_boot_at_once_are_all_served_and_registered() throws Exception {
        var all = new ArrayList<SimulatedPhone>();
        var makers = Makers.all();
        for (int i = 0; i < MANY; i++) {
            var mac = "00156520%04x".formatted(i);
            var maker = makers.get(i % makers.size());
            all.add(new SimulatedPhone(maker, mac, "127.1." + i / 200 + "." + (i % 200 + 1)).typed(given(maker, Integer.toString(3_000 + i), mac)));
        }
        assertEquals(List.of(), failures(all));
        all.forEach(SimulatedPhone::powerOff);
        assertEquals(List.of(), failures(all), "after the power cut");
        for (var phone : all) {
            eventually(Duration.ofSeconds(10), () -> ladder(phone.mac()), found -> found.get("stands").asText().startsWith("It is registered"));
            phone.close();
        }
    }

    /** What went wrong, phone by phone, when they all start in the same moment. */
    private List<String> failures(List<SimulatedPhone> phones) throws Exception {
        var failures = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SimulatedPhone.Boot>> boots = phones.stream().map(phone -> threads.submit(() -> phone.boot(network))).toList();
            for (int i : IntStream.range(0, boots.size()).toArray()) {
                try {
                    boots.get(i).get();
                } catch (java.util.concurrent.ExecutionException e) {
                    failures.add(phones.get(i).maker() + " " + phones.get(i).mac() + ": " + e.getCause());
                }
            }
        }
        return failures;
    }
}
