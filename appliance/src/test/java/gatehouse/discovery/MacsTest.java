package gatehouse.discovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** As phones of many makers write them. */
class MacsTest {
    @Test
    void a_mac_is_found_in_the_files_of_every_maker_and_not_in_those_for_a_model() {
        Map.ofEntries(Map.entry("001565aabbcc.cfg", "001565aabbcc"), Map.entry("000413AABBCC.xml", "000413aabbcc"),
                Map.entry("snomD785-000413AABBCC.htm", "000413aabbcc"), Map.entry("cfg000b82aabbcc.xml", "000b82aabbcc"),
                Map.entry("cfg000b82aabbcc", "000b82aabbcc"), Map.entry("config.3c28a620089e.xml", "3c28a620089e"),
                Map.entry("Config0080f0aabbcc.cfg", "0080f0aabbcc"), Map.entry("SEP0011bbccddee.cnf.xml", "0011bbccddee"),
                Map.entry("0004f2aabbcc-boot.log", "0004f2aabbcc"), Map.entry("algom0022ee010203.conf", "0022ee010203"),
                Map.entry("hipve-7c-1e-b3-00-00-01.xml", "7c1eb3000001"), Map.entry("ipst_config_00_13_cb_00_00_01.cfg", "0013cb000001"),
                Map.entry("hipve-common.xml", ""), Map.entry("ipst_config.cfg", ""), Map.entry("000000cd.xml", ""), Map.entry("r000000000028.cfg", ""), Map.entry("y000000000066.cfg", ""), Map.entry("y000000000000.boot", ""),
                Map.entry("000000000000.cfg", ""), Map.entry("snomD785.htm", ""), Map.entry("F0V10S00000.cfg", ""), Map.entry("", ""))
                .forEach((file, mac) -> assertEquals(mac.isEmpty() ? List.of() : List.of(mac), List.copyOf(Macs.inFile(file)), file));
    }

    @Test
    void a_mac_is_found_in_the_user_agents_of_every_maker() {
        Map.of("Yealink SIP-T46S 66.86.0.15 00:15:65:aa:bb:cc", "001565aabbcc", "Mozilla/4.0 (compatible; snomD785-SIP 10.1.64.14 000413AABBCC)", "000413aabbcc",
                "Mitel6940 MAC:14-00-E9-11-22-33 V:6.4.0.136-SIP", "1400e9112233", "Fanvil X5U-V2 2.12.16.17 0c383e557eb1", "0c383e557eb1", "curl/7.88.1", "")
                .forEach((agent, mac) -> assertEquals(mac.isEmpty() ? List.of() : List.of(mac), List.copyOf(Macs.inAgent(agent)), agent));
    }
}
