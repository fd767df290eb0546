package gatehouse.provisioning;

import static org.junit.jupiter.api.Assertions.assertEquals;

import gatehouse.testkit.ApiClient;
import gatehouse.testkit.Baresip;
import gatehouse.testkit.Box;
import gatehouse.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real softphones that register with their files as they are. */
@Timeout(120)
class SoftphonesTest {
    private static Box box;

    @BeforeAll
    static void start() {
        box = Box.start();
    }

    @AfterAll
    static void stop() {
        box.close();
    }

    private static String url(String user, String mac, String model, String transport) {
        return box.admin().post("/users/" + user + "/phones", Box.aPhone(mac, "generic.ph.xml", model).put("preferred_transport", transport))
                .expect(201).get("url").asText();
    }

    private static void awaitOnline(String user, Duration bound) {
        Eventually.eventually(bound, () -> box.admin().get("/users/" + user + "/status").expect(200).toString(), status -> status.contains("\"ONLINE\""));
    }

    @Test
    void baresip_registers_with_its_account_line() throws Exception {
        var user = box.user("201");
        var file = ApiClient.fetch(url(user, "020000000201", "Softphone", "TCP"), "curl/8.0");
        assertEquals(200, file.statusCode());
        try (var phone = new Baresip(file.body().strip(), 440)) {
            phone.awaitRegistered();
            awaitOnline(user, Baresip.BOUND);
        }
    }

    @Test
    void linphone_fetches_its_configuration_itself_and_registers(@TempDir Path home) throws Exception {
        var user = box.user("202");
        url(user, "020000000202", "Linphone", "UDP");
        var url = box.admin().get("/phones/020000000202/link").expect(200).get("app_link").asText().replaceFirst("^linphone-config:", ""); // as the app does
        Files.createDirectories(home.resolve(".local/share/linphone")); // it does not start without
        Files.writeString(home.resolve("linphonerc"), """
                [misc]
                config-uri=%s
                [sip]
                sip_port=-1
                """.formatted(url));
        var builder = new ProcessBuilder("linphonec", "-c", home.resolve("linphonerc").toString()).redirectErrorStream(true)
                .redirectOutput(home.resolve("log").toFile());
        builder.environment().put("HOME", home.toString());
        var phone = builder.start();
        try {
            awaitOnline(user, Duration.ofSeconds(40));
        } finally {
            phone.destroy();
            phone.onExit().join();
        }
    }
}
