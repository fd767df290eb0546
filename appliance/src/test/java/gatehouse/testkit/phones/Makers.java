package gatehouse.testkit.phones;

import gatehouse.testkit.phones.Maker.Account;
import gatehouse.testkit.phones.Maker.Memory;
import gatehouse.testkit.phones.Maker.Way;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One model of each maker that there is a template for. Names of files, their order and User-Agents are those of the makers' provisioning
 * guides and of published captures; which of two conditional headers a phone sends is told by few, and then taken from phones of its kind.
 */
public final class Makers {
    private static final Pattern INCLUDES = Pattern.compile("include:config \"([^\"]+)\"");
    private static final Pattern SETTING_FILES = Pattern.compile("<file url=\"([^\"]+)\"/>");
    private static final Pattern PROFILE_RULE = Pattern.compile("<Profile_Rule>([^<]+)</Profile_Rule>");
    private static final Pattern CONFIG_FILES = Pattern.compile("CONFIG_FILES=\"([^\"]+)\"");

    private static final Account YEALINK = new Account("account.1.user_name", "account.1.auth_name", "account.1.password", "account.1.sip_server.1.address",
            "account.1.outbound_proxy.1.address", "account.1.outbound_proxy.1.port");
    private static final Account SNOM = new Account("user_name", "user_pname", "user_pass", "user_host", "user_outbound", "");
    private static final Account NUMBERS = new Account("P35", "P36", "P34", "P47", "P48", "");
    private static final Account CISCO = new Account("User_ID_1_", "Auth_ID_1_", "Password_1_", "Proxy_1_", "Outbound_Proxy_1_", "");

    private Makers() {
    }

    /** Each once. */
    public static List<Maker> all() {
        return List.of(
                // The phone keeps digests of its files; .boot comes first since firmware 81.
                new Maker("Yealink T46S", "yealink.ph.xml", "T46S", "Yealink SIP-T46S 66.86.0.15 {colons}", Way.PNP_YEALINK,
                        List.of("{mac}.boot", "y000000000066.cfg", "{mac}.cfg"), INCLUDES, Memory.OWN_DIGEST, FileFormat.KEY_VALUE, YEALINK, false, List.of()),
                new Maker("Yealink W70B", "yealink_dect.ph.xml", "W70B", "Yealink W70B 146.85.0.20 {colons}", Way.DHCP_HTTP,
                        List.of("{mac}.boot", "y000000000146.cfg", "{mac}.cfg"), INCLUDES, Memory.OWN_DIGEST, FileFormat.KEY_VALUE, YEALINK, false, List.of()),
                // The model's file lists what to load next.
                new Maker("Snom D785", "snom.ph.xml", "D785", "Mozilla/4.0 (compatible; snomD785-SIP 10.1.169.13 {MAC})", Way.PNP_SNOM,
                        List.of("snomD785.htm", "snomD785-{MAC}.htm"), SETTING_FILES, Memory.TAG, FileFormat.ELEMENTS, SNOM, false, List.of()),
                new Maker("Snom M900", "snom_dect.ph.xml", "M900", "Mozilla/4.0 (compatible; Snom M900 05.20.0001 {mac})", Way.DHCP_HTTP,
                        List.of("snomM900.htm", "{MAC}.xml"), SETTING_FILES, Memory.TAG, FileFormat.ELEMENTS, SNOM, false, List.of()),
                // The binary file of old comes first, then XML for the phone, its model and all.
                new Maker("Grandstream GRP2614", "grandstream.ph.xml", "GRP2614", "Grandstream Model HW GRP2614 SW 1.0.9.27 DevId {mac}", Way.DHCP_HTTP,
                        List.of("cfg{mac}", "cfg{mac}.xml", "cfggrp2614.xml", "cfg.xml"), null, Memory.OWN_DIGEST, FileFormat.NAMED,
                        new Account("account.1.sip.userid", "account.1.sip.subscriber.userid", "account.1.sip.subscriber.password",
                                "account.1.sip.server.1.address", "account.1.sip.outboundProxy.1.address", ""), false, List.of()),
                new Maker("Grandstream GXP1628", "grandstream_numbers.ph.xml", "GXP1628", "Grandstream Model HW GXP1628 SW 1.0.7.13 DevId {mac}",
                        Way.DHCP_HTTP, List.of("cfg{mac}", "cfg{mac}.xml", "cfggxp1628.xml", "cfg.xml"), null, Memory.OWN_DIGEST, FileFormat.ELEMENTS, NUMBERS,
                        false, List.of()),
                new Maker("Fanvil X4U", "fanvil.ph.xml", "X4U", "Fanvil X4U 2.12.1.3 {mac}", Way.PNP_YEALINK, List.of("F0X4U00000.cfg", "{mac}.cfg"), null,
                        Memory.OWN_DIGEST, FileFormat.ELEMENTS, new Account("PhoneNumber", "RegisterUser", "RegisterPswd", "RegisterAddr", "ProxyAddr",
                                "ProxyPort"), false, List.of()),
                new Maker("Htek UC923", "htek.ph.xml", "UC923", "Htek UC923 2.0.4.2 {colons}", Way.DHCP_HTTP, List.of("cfg{mac}.xml"), null, Memory.OWN_DIGEST,
                        FileFormat.ELEMENTS, NUMBERS, false, List.of()),
                // The model's file leads to the phone's by Profile_Rule.
                new Maker("Cisco 8851", "cisco.ph.xml", "8851", "Cisco-CP-8851-3PCC/11.3.1 ({mac})", Way.DHCP_HTTP, List.of("CP-8851-3PCC.xml"), PROFILE_RULE,
                        Memory.TIME, FileFormat.ELEMENTS, CISCO, false, List.of()),
                // TFTP from the factory; who orders a resync has to know the line's password.
                new Maker("Cisco SPA504G", "cisco_spa.ph.xml", "SPA504G", "Cisco/SPA504G-7.4.9c ({MAC})(CBT141100HR)", Way.DHCP_TFTP,
                        List.of("spa504G.cfg", "{mac}.xml"), PROFILE_RULE, Memory.TIME, FileFormat.ELEMENTS, CISCO, true, List.of()),
                // The master file names the others; what is not there is asked for at each boot, and logs are put where files come from.
                new Maker("Poly VVX450", "poly.ph.xml", "VVX450", "FileTransport PolycomVVX-VVX_450-UA/5.9.3.2857 Type/Application", Way.DHCP_HTTP,
                        List.of("{mac}.cfg", "{mac}-license.cfg", "000000000000-license.cfg", "{mac}-directory.xml", "000000000000-directory.xml"),
                        CONFIG_FILES, Memory.TAG, FileFormat.ATTRIBUTES, new Account("reg.1.address", "reg.1.auth.userId", "reg.1.auth.password",
                                "reg.1.server.1.address", "reg.1.outboundProxy.address", "reg.1.outboundProxy.port"), false,
                        List.of("{mac}-boot.log", "{mac}-app.log")),
                new Maker("Mitel 6940", "mitel.ph.xml", "6940", "Mitel6940 MAC:{dashes} V:6.4.0.140-SIP", Way.DHCP_HTTP,
                        List.of("aastra.cfg", "6940.cfg", "{MAC}.cfg"), null, Memory.OWN_DIGEST, FileFormat.QUOTED, new Account("sip line1 user name",
                                "sip line1 auth name", "sip line1 password", "sip line1 proxy ip", "sip line1 outbound proxy", "sip line1 outbound proxy port"),
                        false, List.of()),
                new Maker("Alcatel-Lucent M5", "alcatel.ph.xml", "M5", "ALE M5-CE 2.11.01.1604 {mac}", Way.DHCP_HTTP, List.of("config.{mac}.xml"), null,
                        Memory.OWN_DIGEST, FileFormat.NAMED, new Account("Account1UserName", "Account1RegName", "Account1Password", "Account1Server1Address",
                                "Account1OutboundProxy1Address", "Account1OutboundProxy1Port"), false, List.of()),
                new Maker("Gigaset N870", "gigaset.ph.xml", "N870 IP PRO", "Gigaset N870 IP PRO/83.V2.39.0+build.c81c86e;{MAC}", Way.DHCP_HTTP,
                        List.of("{mac}.xml"), null, Memory.TAG, FileFormat.NAMED, new Account("SipAccount.00001.UserName", "SipAccount.00001.AuthName",
                                "SipAccount.00001.AuthPassword", "SipProvider.0.Domain", "SipProvider.0.OutboundProxyAddress",
                                "SipProvider.0.OutboundProxyPort"), false, List.of()),
                new Maker("Akuvox R20A", "akuvox.ph.xml", "R20A", "Akuvox R20A 20.30.4.10 {mac}", Way.DHCP_HTTP, List.of("r000000000020.cfg", "{MAC}.cfg"), null,
                        Memory.OWN_DIGEST, FileFormat.KEY_VALUE, new Account("Config.Account1.GENERAL.UserName", "Config.Account1.GENERAL.AuthName",
                                "Config.Account1.GENERAL.Pwd", "Config.Account1.SIP.Server", "Config.Account1.SIP.Server", "Config.Account1.SIP.Port"), false,
                        List.of()),
                new Maker("Algo 8301", "algo.ph.xml", "8301", "Algo-8301/5.2", Way.DHCP_HTTP, List.of("algop8301.conf", "algom{mac}.conf"), null, Memory.TAG,
                        FileFormat.KEY_VALUE, new Account("sip.u1.user", "sip.u1.auth", "sip.u1.pwd", "sip.proxy", "sip.obproxy", ""), false, List.of()),
                new Maker("Grandstream DP750", "grandstream_dect.ph.xml", "DP750", "Grandstream Model HW DP750 SW 1.0.2.16 DevId {mac}", Way.DHCP_HTTP,
                        List.of("cfg{mac}", "cfg{mac}.xml"), null, Memory.OWN_DIGEST, FileFormat.ELEMENTS,
                        new Account("P4060", "P4090", "P4120", "P47", "P48", ""), false, List.of()),
                // What is common to a model comes before what is its own.
                new Maker("2N IP Verso", "2n.ph.xml", "IP Verso", "2N IP Verso/2.50.0.76.2", Way.DHCP_HTTP, List.of("hipve-common.xml", "hipve-{dashes}.xml"), null,
                        Memory.OWN_DIGEST, FileFormat.ELEMENTS, new Account("Id", "AuthId", "PasswordString", "Domain", "Address", "Port"), false, List.of()),
                new Maker("CyberData intercom", "cyberdata.ph.xml", "SIP Outdoor Intercom", "CyberData/20.1.0", Way.DHCP_HTTP, List.of("{mac}.xml", "000000cd.xml"), null,
                        Memory.OWN_DIGEST, FileFormat.ELEMENTS, new Account("SIPUserID", "SIPAuthUserID", "SIPAuthPassword", "SIPServer", "OutboundProxyAddress",
                                "RemoteSIPPort"), false, List.of()));
    }

    public static Maker named(String name) {
        return all().stream().filter(maker -> maker.name().equals(name)).findFirst().orElseThrow();
    }
}
