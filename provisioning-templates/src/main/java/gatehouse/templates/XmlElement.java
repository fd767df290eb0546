package gatehouse.templates;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of a template, read by StAX with everything off that reaches outside or grows: no DTD, no entities but the five of XML,
 * bounded size, depth and number of elements.
 *
 * @param line where its start tag ends
 */
record XmlElement(String name, Map<String, String> attributes, List<XmlElement> children, String text, int line) {
    static final int MOST_CHARACTERS = 1_000_000; // the largest template of any vendor known to us has a quarter of it
    static final int MOST_ELEMENTS = 20_000;
    static final int DEEPEST = 12;

    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setXMLResolver((_, _, _, _) -> {
            throw new XMLStreamException("A template may not refer to other files");
        });
        return factory;
    }

    /** @throws TemplateException for anything that is not well formed, or too large */
    static XmlElement parse(String template, String text) {
        if (text.length() > MOST_CHARACTERS) {
            throw new TemplateException(template, 1, "a template may have " + MOST_CHARACTERS + " characters; this has " + text.length());
        }
        XMLStreamReader reader = null;
        try {
            synchronized (FACTORY) { // the factory is not thread-safe
                reader = FACTORY.createXMLStreamReader(new StringReader(text));
            }
            return new Reading(template, reader).root();
        } catch (XMLStreamException e) {
            var line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNumber());
            throw new TemplateException(template, line, "this is not well-formed XML: " + lastLine(e.getMessage()));
        }
    }

    private static String lastLine(String message) {
        return message == null ? "unknown" : message.substring(message.lastIndexOf('\n') + 1).replaceFirst("^Message: ", "");
    }

    Optional<XmlElement> child(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).findFirst();
    }

    List<XmlElement> children(String wanted) {
        return children.stream().filter(child -> child.name.equals(wanted)).toList();
    }

    /** The text of a child, stripped; empty when there is none. */
    String textOf(String wanted) {
        return child(wanted).map(child -> child.text.strip()).orElse("");
    }

    String attribute(String wanted) {
        return attributes.getOrDefault(wanted, "");
    }

    private static final class Reading {
        private final String template;
        private final XMLStreamReader reader;
        private int elements;

        Reading(String template, XMLStreamReader reader) {
            this.template = template;
            this.reader = reader;
        }

        XmlElement root() throws XMLStreamException {
            while (reader.next() != XMLStreamConstants.START_ELEMENT) {
                refuseDeclarations();
            }
            var root = element(1);
            while (reader.hasNext()) {
                reader.next();
            }
            return root;
        }

        private XmlElement element(int depth) throws XMLStreamException {
            if (depth > DEEPEST || ++elements > MOST_ELEMENTS) {
                throw wrong(depth > DEEPEST ? "elements may be nested " + DEEPEST + " deep" : "a template may have " + MOST_ELEMENTS + " elements");
            }
            var name = reader.getLocalName();
            var line = reader.getLocation().getLineNumber();
            var attributes = new HashMap<String, String>();
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                attributes.put(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
            var children = new ArrayList<XmlElement>();
            var text = new StringBuilder();
            for (int event = reader.next(); event != XMLStreamConstants.END_ELEMENT; event = reader.next()) {
                switch (event) {
                    case XMLStreamConstants.START_ELEMENT -> children.add(element(depth + 1));
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> text.append(reader.getText());
                    default -> refuseDeclarations();
                }
            }
            return new XmlElement(name, Map.copyOf(attributes), List.copyOf(children), text.toString(), line);
        }

        private void refuseDeclarations() {
            if (reader.getEventType() == XMLStreamConstants.DTD || reader.getEventType() == XMLStreamConstants.ENTITY_REFERENCE) {
                throw wrong("a template may not declare or use entities of its own");
            }
        }

        private TemplateException wrong(String message) {
            return new TemplateException(template, reader.getLocation().getLineNumber(), message);
        }
    }
}
