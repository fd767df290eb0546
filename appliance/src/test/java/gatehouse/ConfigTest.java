package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.core.ProblemException;
import gatehouse.pnp.Place;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    @TempDir
    Path folder;

    @Test
    void with_nothing_said_the_embedded_defaults_hold() {
        var config = ConfigReader.read(new String[0], Map.of());
        assertEquals(8887, config.httpsPort());
        assertEquals(8888, config.httpPort());
        assertEquals(5060, config.sipPort());
        assertEquals(5061, config.sipsPort());
        assertEquals(new Config.PortRange(30000, 31999), config.rtpPorts());
        assertEquals(Config.Discovery.OFF, config.discovery());
        assertTrue(config.data().endsWith("var"), config.data().toString());
        assertEquals(Optional.empty(), config.adminPassword());
    }

    @Test
    void flags_beat_the_environment_and_the_environment_beats_the_file() throws Exception {
        var file = Files.writeString(folder.resolve("gatehouse.yml"), "https_port: 1111\nhttp_port: 2222\nsip_port: 3333\n");
        var config = ConfigReader.read(new String[] {"--config", file.toString(), "--https-port=4444"},
                Map.of("GATEHOUSE_HTTPS_PORT", "5555", "GATEHOUSE_HTTP_PORT", "6666"));
        assertEquals(4444, config.httpsPort());
        assertEquals(6666, config.httpPort());
        assertEquals(3333, config.sipPort());
    }

    @Test
    void every_setting_can_be_said_in_all_three_places() throws Exception {
        var values = Map.ofEntries(Map.entry(Setting.DATA, "/tmp/a"), Map.entry(Setting.BIND, "127.0.0.1"), Map.entry(Setting.HTTPS_PORT, "1001"),
                Map.entry(Setting.HTTP_PORT, "1002"), Map.entry(Setting.SIP_PORT, "1003"), Map.entry(Setting.SIPS_PORT, "1004"),
                Map.entry(Setting.RTP_PORTS, "2000-2999"), Map.entry(Setting.DOMAIN, "example.org"), Map.entry(Setting.CONSOLE_PORT, "/dev/ttyS0"),
                Map.entry(Setting.PNP, "eth0,eth1:5070"), Map.entry(Setting.TFTP_PORT, "69"), Map.entry(Setting.CERTIFICATE_PORT, "8889"), Map.entry(Setting.BOARD, "simulated"), Map.entry(Setting.LOG_LEVEL, "debug"));
        assertEquals(Setting.values().length, values.size());
        var flags = values.entrySet().stream().map(entry -> entry.getKey().flag() + "=" + entry.getValue()).toArray(String[]::new);
        var environment = new java.util.HashMap<String, String>();
        values.forEach((setting, value) -> environment.put(setting.variable(), value));
        var yaml = new StringBuilder();
        values.forEach((setting, value) -> yaml.append(setting.key()).append(": ").append(value).append('\n'));
        var file = Files.writeString(folder.resolve("all.yml"), yaml);

        var byFlags = ConfigReader.read(flags, Map.of());
        assertEquals(byFlags, ConfigReader.read(new String[0], environment));
        assertEquals(byFlags, ConfigReader.read(new String[] {"--config", file.toString()}, Map.of()));
        assertEquals(new Config.Discovery(List.of(new Place("eth0", 5060), new Place("eth1", 5070)), 69, 8889), byFlags.discovery());
        assertEquals("example.org", byFlags.domain());
        assertEquals(Optional.of("/dev/ttyS0"), byFlags.consolePort());
    }

    @Test
    void everything_that_is_wrong_is_said_at_once_and_names_its_place() throws Exception {
        var file = Files.writeString(folder.resolve("bad.yml"), "sip_port: none\nhttp_prot: 80\n");
        var wrong = assertThrows(ProblemException.class, () -> ConfigReader.read(
                new String[] {"--config", file.toString(), "--rtp-ports", "10", "--htps-port", "1"}, Map.of("GATEHOUSE_LOG_LEVEL", "loud")));
        var text = wrong.getMessage();
        assertEquals(5, wrong.problems().size(), text);
        assertTrue(text.contains("sip_port in " + file) && text.contains("http_prot in " + file) && text.contains("--rtp-ports")
                && text.contains("Did you mean --https-port?") && text.contains("GATEHOUSE_LOG_LEVEL"), text);
    }

    @Test
    void two_listeners_never_share_a_port() {
        var wrong = assertThrows(ProblemException.class, () -> ConfigReader.read(new String[] {"--sips-port", "5060"}, Map.of()));
        assertTrue(wrong.getMessage().contains("5060"), wrong.getMessage());
    }

    @Test
    void a_listener_inside_the_media_range_is_refused() {
        assertThrows(ProblemException.class, () -> ConfigReader.read(new String[] {"--sip-port", "30100"}, Map.of()));
    }

    @Test
    void a_flag_without_its_value_is_named() {
        var wrong = assertThrows(ProblemException.class, () -> ConfigReader.read(new String[] {"--data"}, Map.of()));
        assertTrue(wrong.getMessage().contains("--data needs a value"), wrong.getMessage());
    }
}
