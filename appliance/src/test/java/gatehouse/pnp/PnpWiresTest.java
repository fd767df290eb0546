package gatehouse.pnp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.core.Ids;
import gatehouse.testkit.PnpPhone;
import gatehouse.testkit.OwnNetwork;
import java.io.IOException;
import java.net.NetworkInterface;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several wires at once, in a network of the test's own (user and network name spaces, so no root is needed; where those are forbidden the test fails
 * and says so). The JVM of the test is in another network: a second one does the talking.
 */
@Timeout(60)
class PnpWiresTest {
    /** Three wires, each from the box to a phone; both ends are this machine's, which takes a word to the kernel. */
    private static final String WIRES = """
            set -e
            ip link set lo up
            for wire in 1 2 3; do
              ip link add box$wire type veth peer name phone$wire
              for end in box$wire phone$wire; do
                ip link set $end up
                echo 1 >/proc/sys/net/ipv4/conf/$end/accept_local
                echo 0 >/proc/sys/net/ipv4/conf/$end/rp_filter
              done
              ip addr add 10.$wire.0.1/24 dev box$wire
              ip addr add 10.$wire.0.2/24 dev phone$wire
            done
            echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter
            exec "$@"
            """;

    private static Path home(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    @Test
    void phones_on_each_wire_that_was_chosen_are_told_the_boxs_address_there_and_others_nothing() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = home(PnpListener.class) + ":" + home(PnpWiresTest.class);
        var process = new ProcessBuilder(OwnNetwork.around("sh", "-c", WIRES, "wires", java, "-XX:+UseSerialGC", "-cp", classes,
                Talk.class.getName())).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0, said);
        assertEquals(List.of("wire 1: http://10.1.0.1:8888/", "wire 2: http://10.2.0.1:8888/", "wire 3: nothing", "another network's on wire 1: nothing"),
                said.lines().filter(line -> line.contains("wire ")).toList(), said);
    }

    /** What happens on those wires. */
    static final class Talk {
        private static final int PORT = 5060;

        public static void main(String[] arguments) throws Exception {
            try (var listener = new PnpListener(List.of(new Place("box1", PORT), new Place("box2", PORT)),
                    phone -> Optional.of("http://" + phone.boxAddress() + ":8888/"), _ -> true, new Ids(new SecureRandom()), System::nanoTime)) {
                listener.start();
                for (int wire = 1; wire <= 3; wire++) {
                    say("wire " + wire, asked("10." + wire + ".0.2", wire));
                }
                say("another network's on wire 1", asked("10.3.0.2", 1));
            }
        }

        private static String asked(String address, int wire) throws IOException {
            try (var phone = new PnpPhone(PORT, address, NetworkInterface.getByName("phone" + wire))) {
                var answers = phone.ask(phone.snom("00041300000" + wire, address + "@phone"), 1_500);
                return answers.isEmpty() ? "nothing" : PnpPhone.body(answers.getLast());
            }
        }

        private static void say(String where, String what) {
            System.out.println(where + ": " + what);
        }
    }
}
