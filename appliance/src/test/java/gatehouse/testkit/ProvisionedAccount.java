package gatehouse.testkit;

import java.io.StringReader;
import java.util.Properties;
import java.io.IOException;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** What a phone reads from its configuration to register: parsed as that phone would. */
public record ProvisionedAccount(String server, int port, String transport, String user, String authUser, String secret) {

    public static ProvisionedAccount fromYealink(String cfg) throws IOException {
        var keys = new Properties();
        keys.load(new StringReader(cfg));
        var transport = switch (keys.getProperty("account.1.sip_server.1.transport_type")) {
            case "0" -> "udp";
            case "1" -> "tcp";
            case "2" -> "tls";
            case String other -> throw new AssertionError("transport " + other);
        };
        return new ProvisionedAccount(keys.getProperty("account.1.sip_server.1.address"), Integer.parseInt(keys.getProperty("account.1.sip_server.1.port")),
                transport, keys.getProperty("account.1.user_name"), keys.getProperty("account.1.auth_name"), keys.getProperty("account.1.password"));
    }

    public static ProvisionedAccount fromSnom(String xml) throws Exception {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        var proxy = text(document.getDocumentElement(), "user_outbound"); // sip:host:port;transport=udp
        var parts = proxy.split("[:;=]");
        return new ProvisionedAccount(parts[1], Integer.parseInt(parts[2]), parts[4].toLowerCase(Locale.ROOT), text(document.getDocumentElement(), "user_name"),
                text(document.getDocumentElement(), "user_pname"), text(document.getDocumentElement(), "user_pass"));
    }

    private static String text(Element settings, String name) {
        return settings.getElementsByTagName(name).item(0).getTextContent();
    }

    /** The same account for a baresip. */
    public String forBaresip() {
        return "<sip:%s@%s:%d;transport=%s>;auth_user=%s;auth_pass=%s;regint=600".formatted(user, server, port, transport, authUser, secret);
    }
}
