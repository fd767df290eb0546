package gatehouse.testkit.phones;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** How phones read a file of settings. What is written twice counts as it stood first. */
public enum FileFormat {
    /** {@code key = value}; {@code #} begins a comment. */
    KEY_VALUE {
        @Override
        Map<String, String> read(String text) {
            var all = new HashMap<String, String>();
            text.lines().filter(line -> !line.isBlank() && !line.startsWith("#") && line.contains("=")).forEach(line -> {
                var equals = line.indexOf('=');
                all.putIfAbsent(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            });
            return all;
        }
    },

    /** {@code key: "value"}. */
    QUOTED {
        @Override
        Map<String, String> read(String text) {
            var all = new HashMap<String, String>();
            Pattern.compile("(?m)^([^#:]+): \"(.*)\"$").matcher(text).results().forEach(line -> all.putIfAbsent(line.group(1), line.group(2)));
            return all;
        }
    },

    /** An element a setting. */
    ELEMENTS {
        @Override
        Map<String, String> read(String text) {
            var all = new HashMap<String, String>();
            each(text, element -> {
                if (element.getElementsByTagName("*").getLength() == 0) {
                    all.putIfAbsent(element.getTagName(), element.getTextContent());
                }
            });
            return all;
        }
    },

    /** Elements with {@code name} or {@code id}, and the value as {@code value} or as text. */
    NAMED {
        @Override
        Map<String, String> read(String text) {
            var all = new HashMap<String, String>();
            each(text, element -> {
                var name = element.getAttribute(element.hasAttribute("name") ? "name" : "id");
                all.putIfAbsent(name, element.hasAttribute("value") ? element.getAttribute("value") : element.getTextContent());
            });
            return all;
        }
    },

    /** An attribute a setting. */
    ATTRIBUTES {
        @Override
        Map<String, String> read(String text) {
            var all = new HashMap<String, String>();
            each(text, element -> {
                for (int i = 0; i < element.getAttributes().getLength(); i++) {
                    all.putIfAbsent(element.getAttributes().item(i).getNodeName(), element.getAttributes().item(i).getNodeValue());
                }
            });
            return all;
        }
    };

    /** Settings by their names; empty for what is of another format. */
    abstract Map<String, String> read(String text);

    private interface Visitor {
        void visit(Element element);
    }

    private static void each(String text, Visitor visitor) {
        if (!text.startsWith("<")) {
            return;
        }
        var all = parsed(text).getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            visitor.visit((Element) all.item(i));
        }
    }

    private static Document parsed(String xml) {
        try {
            return DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new AssertionError("This is not well-formed XML: " + xml, e);
        }
    }
}
