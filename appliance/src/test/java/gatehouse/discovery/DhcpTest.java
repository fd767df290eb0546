package gatehouse.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.testkit.OwnNetwork;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The lines for dnsmasq, and the configuration that the package brings, with a real dnsmasq and a real client in a network of their own (user and
 * network name spaces, so no root is needed; where those are forbidden the tests fail and say so).
 */
@Timeout(60)
class DhcpTest {
    private static final String URL = "http://192.168.50.1:8888/provision/start/";
    private static final Path SHIPPED = Path.of("../image/deb/files/etc/gatehouse/dnsmasq.conf");
    /** A wire between a box and a phone; the phone writes down what it is given. */
    private static final String EXCHANGE = """
            set -e
            ip link add box type veth peer name phone
            ip addr add 192.168.50.1/24 dev box
            ip link set lo up; ip link set box up; ip link set phone up
            dnsmasq --keep-in-foreground --user=root --group= --pid-file= --dhcp-leasefile="$1/leases" --conf-file="$1/dnsmasq.conf" --log-dhcp --log-facility="$1/log" &
            server=$!
            trap 'kill $server; wait $server || true' EXIT
            printf '#!/bin/sh\\n[ "$1" != bound ] || env >"%s/given"\\n' "$1" >"$1/script"
            chmod +x "$1/script"
            env -i PATH="$PATH" busybox udhcpc -f -q -n -B -t 10 -T 1 -i phone -O 43 -O 66 -O 160 -s "$1/script" || { cat "$1/log"; exit 1; }
            """;
    private static final Pattern SENT_66 = Pattern.compile("sent size: *\\d+ option: *66 tftp-server +(\\S+)");
    @TempDir
    Path folder;

    private static String run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0, () -> String.join(" ", command) + "\n" + said);
        return said;
    }

    private Path written(String text) throws IOException {
        return Files.writeString(folder.resolve("dnsmasq.conf"), text);
    }

    /** What a phone is given, by the client's names. */
    private List<String> given(String configuration) throws IOException, InterruptedException {
        written(configuration);
        run(OwnNetwork.around("sh", "-c", EXCHANGE, "exchange", folder.toString()).toArray(String[]::new));
        var given = new ArrayList<>(Files.readAllLines(folder.resolve("given")));
        // The client takes nothing but a host's name for option 66; that the whole went over the wire, the server says.
        Files.readAllLines(folder.resolve("log")).stream().map(SENT_66::matcher).filter(Matcher::find).forEach(found -> given.add("sent66=" + found.group(1)));
        return given;
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void the_lines_for_dnsmasq_are_taken_by_it_and_reach_a_phone() throws Exception {
        var text = DhcpTexts.dnsmasq(URL);
        assertTrue(run("dnsmasq", "--test", "--conf-file=" + written(text)).contains("syntax check OK"));
        var given = given(text + "port=0\ninterface=box\ndhcp-range=192.168.50.100,192.168.50.110,1h\n");
        assertTrue(given.contains("sent66=" + URL), given.toString());
        assertTrue(given.contains("opt160=" + hex(URL)), given.toString());
        assertTrue(given.stream().noneMatch(line -> line.startsWith("opt43=")), given.toString());
    }

    @Test
    void option_43_reaches_a_phone_once_its_line_is_taken_in() throws Exception {
        var given = given(DhcpTexts.dnsmasq(URL).replace("#dhcp-option=43", "dhcp-option=43") + "port=0\ninterface=box\ndhcp-range=192.168.50.100,192.168.50.110,1h\n");
        assertTrue(given.contains("opt43=" + hex(URL)), given.toString());
    }

    @Test
    void what_the_package_brings_is_off_until_somebody_fills_it_in() throws Exception {
        var shipped = Files.readString(SHIPPED);
        assertTrue(run("dnsmasq", "--test", "--conf-file=" + written(shipped)).contains("syntax check OK"));
        var active = shipped.lines().filter(line -> !line.startsWith("#")).toList();
        assertTrue(active.contains("port=0") && active.stream().noneMatch(line -> line.startsWith("dhcp-range") || line.startsWith("interface=")), active.toString());
    }

    @Test
    void filled_in_it_gives_phones_an_address_their_settings_and_no_way_out() throws Exception {
        var filled = Files.readString(SHIPPED).replace("#interface=eth1", "interface=box").replaceAll("(?m)^#(dhcp-(range|option)=)", "$1")
                .replaceAll("(?m)^dhcp-leasefile=.*$", "");
        var given = given(filled);
        assertTrue(given.stream().anyMatch(line -> line.matches("ip=192\\.168\\.50\\.(1\\d\\d|2[0-4]\\d|250)")), given.toString());
        assertTrue(given.contains("sent66=" + URL), given.toString());
        assertTrue(given.contains("opt160=" + hex(URL)) && given.contains("opt43=" + hex(URL)), given.toString());
        assertEquals(List.of(), given.stream().filter(line -> line.startsWith("router=") || line.startsWith("dns=")).toList());
    }
}
