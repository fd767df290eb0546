package gatehouse.templates;

import java.io.StringReader;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;

/** Reads a file by the rules of the phone that asks for it, into its settings by name. */
final class PhoneFiles {
    /** What tells one element from its neighbours of the same name. */
    private static final List<String> KEYS = List.of("index", "idx", "name", "id", "At", "url");
    /** A word of the file that a phone reads three times, each for another of its users. */
    private static final Set<String> OFTEN = Set.of("static.security.user_password");
    private static final Set<String> ROOTS = Set.of("DeviceDatabase", "settings", "setting-files", "sysConf", "VOIP_CONFIG_FILE", "gs_provision", "Device",
            "hl_provision", "flat-profile", "PHONE_CONFIG", "APPLICATION", "provisioning", "specific", "config", "options");
    private static final Pattern KEY_VALUE = Pattern.compile("([A-Za-z0-9_.]+) = ?(.*)");
    private static final Pattern QUOTED = Pattern.compile("([A-Za-z0-9 .|\\[\\]-]+): \"([^\"]*)\"");
    private static final Pattern INI = Pattern.compile("([a-z0-9_]+)=(.*)");
    private static final Pattern ACCOUNT = Pattern.compile("\"[^\"]*\" <sip:[^<>;@]*@[^<>;]*;transport=(udp|tcp|tls)>((;[a-z_]+=(\"[^\"]*\"|[^;\"]*))*)");

    private PhoneFiles() {
    }

    /** @throws AssertionError for what its phone could not read, and for a setting that is set twice */
    static Map<String, String> parsed(RenderedFile file) throws Exception {
        if (file.contentType().contains("xml")) {
            var root = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(file.text()))).getDocumentElement();
            require(ROOTS.contains(root.getTagName()), file, "no phone reads <" + root.getTagName() + ">");
            var settings = new LinkedHashMap<String, String>();
            element(root, "", settings, file);
            return settings;
        }
        return file.name().endsWith(".accounts") ? account(file) : file.text().startsWith("[general]") ? ini(file) : lines(file);
    }

    private static void element(Element element, String above, Map<String, String> settings, RenderedFile file) {
        var key = KEYS.stream().filter(element::hasAttribute).findFirst().map(name -> "[" + element.getAttribute(name) + "]").orElse("");
        var path = above + "/" + element.getTagName() + key + (element.getTagName().equals("oper") ? element.getAttribute("value") : "");
        for (int i = 0; i < element.getAttributes().getLength(); i++) {
            settings.put(path + "@" + element.getAttributes().item(i).getNodeName(), element.getAttributes().item(i).getNodeValue());
        }
        var seen = new HashMap<String, Integer>();
        boolean leaf = true;
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                leaf = false;
                // An entry of a list of the older Fanvils is told apart by its first child.
                var place = inner.getTagName().endsWith("_Entry") ? "#" + seen.merge(inner.getTagName(), 1, Integer::sum) : "";
                element(inner, path + place, settings, file);
            }
        }
        require(!leaf || settings.put(path, element.getTextContent()) == null, file, path + " is set twice");
    }

    private static Map<String, String> lines(RenderedFile file) {
        var settings = new LinkedHashMap<String, String>();
        for (var line : file.text().lines().filter(one -> !one.isBlank() && !one.startsWith("#")).toList()) {
            if (line.matches("include:config \"[\\w.]+\"")) {
                settings.put(line, "");
                continue;
            }
            var found = KEY_VALUE.matcher(line);
            var quoted = QUOTED.matcher(line);
            require(found.matches() || quoted.matches(), file, line);
            var match = found.matches() ? found : quoted;
            require(settings.put(match.group(1), match.group(2)) == null || OFTEN.contains(match.group(1)), file, match.group(1) + " is set twice");
        }
        return settings;
    }

    private static Map<String, String> ini(RenderedFile file) {
        var settings = new LinkedHashMap<String, String>();
        var section = "";
        for (var line : file.text().lines().filter(one -> !one.isBlank()).toList()) {
            var found = INI.matcher(line);
            if (line.matches("\\[[a-z]+]")) {
                section = line;
            } else {
                require(found.matches() && settings.put(section + found.group(1), found.group(2)) == null, file, line);
            }
        }
        return settings;
    }

    private static Map<String, String> account(RenderedFile file) {
        var found = ACCOUNT.matcher(file.text().strip());
        require(found.matches(), file, file.text());
        var settings = new LinkedHashMap<String, String>();
        for (var part : found.group(2).substring(1).split(";(?=[a-z_]+=)")) {
            require(settings.put(part.substring(0, part.indexOf('=')), part.substring(part.indexOf('=') + 1)) == null, file, part);
        }
        return settings;
    }

    private static void require(boolean holds, RenderedFile file, String what) {
        if (!holds) {
            throw new AssertionError(file.name() + ": " + what);
        }
    }
}
