package gatehouse.testkit;

import java.io.IOException;
import java.io.StringReader;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * The SIP account in a phone's configuration, read by the rules of that phone's own format.
 *
 * @param server    where its requests go: the outbound proxy
 * @param transport {@code udp}, {@code tcp} or {@code tls}
 * @param domain    of its address-of-record
 * @param user      of its address-of-record
 */
public record ProvisionedAccount(String server, int port, String transport, String domain, String user, String authUser, String secret,
                                 String displayName) {
    private static final Pattern SNOM_OUTBOUND = Pattern.compile("(.+):(\\d+);transport=(\\w+)");
    private static final Pattern ACCOUNT_LINE = Pattern.compile("\"(.*)\" <sip:([^@]+)@([^;>]+);transport=(\\w+)>;(.*)");
    private static final Pattern SIP_URI = Pattern.compile("\"?<?sip:(?:([^@]+)@)?(\\[.*]|[^:;>]+)(?::(\\d+))?(?:;transport=(\\w+))?.*");

    /** {@code key = value} lines; {@code #} begins a comment, the value is the rest of the line. */
    public static ProvisionedAccount fromYealink(String file) {
        var keys = new Properties();
        file.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(line -> {
            var equals = line.indexOf('=');
            keys.setProperty(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
        });
        var proxied = value(keys, "account.1.outbound_proxy_enable").equals("1");
        var server = proxied ? "account.1.outbound_proxy.1" : "account.1.sip_server.1";
        return new ProvisionedAccount(value(keys, server + ".address"), Integer.parseInt(value(keys, server + ".port")),
                Map.of("0", "udp", "1", "tcp", "2", "tls").get(value(keys, "account.1.sip_server.1.transport_type")),
                value(keys, "account.1.sip_server.1.address"), value(keys, "account.1.user_name"), value(keys, "account.1.auth_name"),
                value(keys, "account.1.password"), value(keys, "account.1.display_name"));
    }

    private static String value(Properties keys, String key) {
        var value = keys.getProperty(key);
        if (value == null) {
            throw new AssertionError("The file does not set " + key);
        }
        return value;
    }

    /** {@code <settings>} with an element a setting, {@code idx} naming the account. */
    public static ProvisionedAccount fromSnom(String file) {
        var xml = parse(file);
        var outbound = SNOM_OUTBOUND.matcher(setting(xml, "user_outbound"));
        if (!outbound.matches()) {
            throw new AssertionError("user_outbound is " + setting(xml, "user_outbound"));
        }
        return new ProvisionedAccount(outbound.group(1), Integer.parseInt(outbound.group(2)), outbound.group(3), setting(xml, "user_host"),
                setting(xml, "user_name"), setting(xml, "user_pname"), setting(xml, "user_pass"), setting(xml, "user_realname"));
    }

    private static String setting(Document xml, String name) {
        var elements = xml.getElementsByTagName(name);
        if (elements.getLength() != 1 || !((Element) elements.item(0)).getAttribute("idx").equals("1")) {
            throw new AssertionError("The file does not set " + name + " of account 1 once");
        }
        return elements.item(0).getTextContent();
    }

    /** A line of baresip's {@code accounts}. */
    public static ProvisionedAccount fromBaresip(String file) {
        var line = ACCOUNT_LINE.matcher(file.strip());
        if (!line.matches()) {
            throw new AssertionError("This is not an account line: " + file);
        }
        var parameters = new Properties();
        for (var parameter : line.group(5).split(";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) { // a semicolon between quotes is the value's own
            var equals = parameter.indexOf('=');
            parameters.setProperty(parameter.substring(0, equals), parameter.substring(equals + 1));
        }
        var outbound = uri(value(parameters, "outbound"));
        return new ProvisionedAccount(outbound.group(2), Integer.parseInt(outbound.group(3)), outbound.group(4), line.group(3), line.group(2),
                value(parameters, "auth_user"), value(parameters, "auth_pass"), line.group(1));
    }

    /** Linphone's remote provisioning: sections of entries. */
    public static ProvisionedAccount fromLinphone(String file) {
        var xml = parse(file);
        var proxy = uri(entry(xml, "proxy_0", "reg_route"));
        var identity = entry(xml, "proxy_0", "reg_identity");
        var address = uri(identity.substring(identity.indexOf('<')));
        return new ProvisionedAccount(proxy.group(2), Integer.parseInt(proxy.group(3)), proxy.group(4), address.group(2), address.group(1),
                entry(xml, "auth_info_0", "userid"), entry(xml, "auth_info_0", "passwd"), identity.substring(1, identity.lastIndexOf('"')));
    }

    /** The same account for a baresip. */
    public String forBaresip() {
        return "<sip:%s@%s;transport=%s>;outbound=\"sip:%s:%d;transport=%s\";auth_user=%s;auth_pass=%s;regint=600"
                .formatted(user, domain, transport, server, port, transport, authUser, secret);
    }

    private static Matcher uri(String text) {
        var uri = SIP_URI.matcher(text.toLowerCase(Locale.ROOT));
        if (!uri.matches()) {
            throw new AssertionError("This is not a SIP URI: " + text);
        }
        return uri;
    }

    private static String entry(Document xml, String section, String name) {
        var sections = xml.getElementsByTagName("section");
        for (int i = 0; i < sections.getLength(); i++) {
            var entries = ((Element) sections.item(i)).getElementsByTagName("entry");
            for (int k = 0; ((Element) sections.item(i)).getAttribute("name").equals(section) && k < entries.getLength(); k++) {
                if (((Element) entries.item(k)).getAttribute("name").equals(name)) {
                    return entries.item(k).getTextContent();
                }
            }
        }
        throw new AssertionError("The file does not set " + name + " in " + section);
    }

    private static Document parse(String xml) {
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("This is not well-formed XML: " + xml, e);
        }
    }
}
