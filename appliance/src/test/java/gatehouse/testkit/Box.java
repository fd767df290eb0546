package gatehouse.testkit;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.BoxStarter;
import gatehouse.Config;
import gatehouse.hal.SimulatedHardware;
import gatehouse.microsoft365.Cloud;
import gatehouse.recordings.Recordings;
import gatehouse.voicemail.Voicemails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** The whole appliance on free ports of loopback, with simulated hardware and data of its own; the same object that Main starts. */
public final class Box implements AutoCloseable {
    public static final String ADMIN_PASSWORD = "let-me-in-please";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MEDIA_PORTS = 80;

    /** Tests ask nobody outside this machine; nothing listens there. */
    private static final Cloud.Endpoints NO_MICROSOFT = new Cloud.Endpoints("http://127.0.0.1:9/login", "http://127.0.0.1:9/graph");

    private final Config config;
    private final Clock clock;
    private final Duration ringFor;
    private final Function<Cloud, Cloud.Endpoints> microsoft;
    private SimulatedHardware hardware;
    private AutoCloseable running;
    private ApiClient admin;

    private Box(Config config, Clock clock, Duration ringFor, Function<Cloud, Cloud.Endpoints> microsoft) {
        this.microsoft = microsoft;
        this.config = config;
        this.clock = clock;
        this.ringFor = ringFor;
    }

    public static Box start() {
        return start(Clock.systemUTC(), Duration.ofSeconds(60));
    }

    /** @param ringFor how long phones ring before a call gives up */
    public static Box start(Clock clock, Duration ringFor) {
        return start(clock, ringFor, Optional.empty());
    }

    /** With the console on a serial line. */
    public static Box startWithConsole(String path) {
        return start(Clock.systemUTC(), Duration.ofSeconds(60), Optional.of(path));
    }

    /** With the password rules that a box has when it is new, which the passwords of {@link #aUser} break. */
    public static Box startStrict() {
        return begin(Clock.systemUTC(), Duration.ofSeconds(60), Optional.empty(), _ -> NO_MICROSOFT);
    }

    /** With a Microsoft of the test's own. */
    public static Box startWithMicrosoft(Clock clock, Cloud.Endpoints endpoints) {
        return relaxed(begin(clock, Duration.ofSeconds(60), Optional.empty(), _ -> endpoints));
    }

    /** Where phones may look for their settings. */
    public static Box startDiscovering(Config.Discovery discovery) {
        return relaxed(begin(Clock.systemUTC(), Duration.ofSeconds(60), Optional.empty(), _ -> NO_MICROSOFT, discovery));
    }

    private static Box start(Clock clock, Duration ringFor, Optional<String> console) {
        return relaxed(begin(clock, ringFor, console, _ -> NO_MICROSOFT));
    }

    private static Box begin(Clock clock, Duration ringFor, Optional<String> console, Function<Cloud, Cloud.Endpoints> microsoft) {
        return begin(clock, ringFor, console, microsoft, Config.Discovery.OFF);
    }

    private static Box relaxed(Box box) {
        box.admin.post("/tenant/password_policy", """
                {"contains_letters": false, "contains_numbers": false, "contains_special_letters": false, "disable_sequential_characters": false,
                 "disable_repeating_characters": false, "disable_account_information": false}""").expect(200);
        return box;
    }

    private static Box begin(Clock clock, Duration ringFor, Optional<String> console, Function<Cloud, Cloud.Endpoints> microsoft,
                             Config.Discovery discovery) {
        try {
            var rtp = FreePorts.range(MEDIA_PORTS);
            var config = new Config(Files.createTempDirectory("gatehouse-box"), InetAddress.getLoopbackAddress(), FreePorts.one(), FreePorts.one(),
                    FreePorts.one(), FreePorts.one(), new Config.PortRange(rtp, rtp + MEDIA_PORTS - 1), discovery, "box.test", console, Optional.empty(),
                    Config.LogLevel.INFO, Optional.of(ADMIN_PASSWORD));
            var box = new Box(config, clock, ringFor, microsoft);
            box.run("admin");
            return box;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void run(String administrator) {
        hardware = new SimulatedHardware();
        running = BoxStarter.start(config, hardware, clock, ringFor, microsoft);
        admin = new ApiClient(httpsOrigin()).signedIn(administrator, ADMIN_PASSWORD);
    }

    /** Stops and starts again on the same data and ports. */
    public void restart() {
        restart(() -> { });
    }

    /** @param meanwhile may use the data, which the box has for itself while it runs */
    public void restart(Runnable meanwhile) {
        restart(meanwhile, "admin");
    }

    /** @param administrator the name that the first administrator has by now */
    public void restart(Runnable meanwhile, String administrator) {
        stop();
        meanwhile.run();
        run(administrator);
    }

    private void stop() {
        try {
            running.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    public Config config() {
        return config;
    }

    public SimulatedHardware hardware() {
        return hardware;
    }

    public String httpsOrigin() {
        return "https://127.0.0.1:" + config.httpsPort();
    }

    public String httpOrigin() {
        return "http://127.0.0.1:" + config.httpPort();
    }

    /** Signed in as the first administrator. */
    public ApiClient admin() {
        return admin;
    }

    /** For leaving messages, as a caller does. */
    public Voicemails voicemails() {
        return BoxStarter.voicemails(running);
    }

    /** For keeping recordings, as a call does. */
    public Recordings recordings() {
        return BoxStarter.recordings(running);
    }

    /** Not signed in. */
    public ApiClient stranger() {
        return new ApiClient(httpsOrigin());
    }

    /** A user's body with every required field, for a test to change. */
    public static ObjectNode aUser(String number) {
        return JSON.createObjectNode().put("name", "user" + number).put("password", "password-" + number).put("email", "user" + number + "@box.test")
                .put("display_name", "User " + number).put("role", "StandardUser").put("extension_number", number)
                .put("extension_password", secret(number)).put("voicemail_pin", "135790");
    }

    /** The SIP secret that {@link #aUser} sets. */
    public static String secret(String number) {
        return "sip-secret-" + number;
    }

    /** Creates it; gives the id. */
    public String user(String number) {
        return admin.post("/users", aUser(number)).expect(201).get("id").asText();
    }

    /** A phone's body with every required field. */
    public static ObjectNode aPhone(String mac, String template, String model) {
        var phone = JSON.createObjectNode().put("mac", mac).put("filename", template).put("vendor", template.replace(".ph.xml", ""))
                .put("model", model)
                .put("password", "web-password").put("language", "ENGLISH").put("transfer", "BLIND").put("timezone", "Europe/Berlin")
                .put("interface", "PRIVATE_IPV4").put("preferred_transport", "UDP");
        phone.putArray("codecs").add("PCMU").add("PCMA");
        return phone;
    }

    @Override
    public void close() {
        stop();
        try (var files = Files.walk(config.data())) {
            files.sorted(Comparator.reverseOrder()).forEach(Box::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
