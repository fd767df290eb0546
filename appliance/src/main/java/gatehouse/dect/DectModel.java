package gatehouse.dect;

import gatehouse.templates.Template;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A DECT base that a template serves: {@code <model dect="true" lines="20">}.
 *
 * @param lines how many handsets it carries
 */
record DectModel(Template template, String name, int lines) {
    private static final int MOST_LINES = 255;
    private static final XMLInputFactory FACTORY = factory();

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    String displayName() {
        return template.vendor() + " " + name;
    }

    /** Those of a template, which was read before and so is whole; empty for most. */
    static List<DectModel> of(Template template) {
        var found = new ArrayList<DectModel>();
        if (!template.source().contains("dect=")) {
            return found;
        }
        try {
            XMLStreamReader reader;
            synchronized (FACTORY) { // the factory is not thread-safe
                reader = FACTORY.createXMLStreamReader(new StringReader(template.source()));
            }
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals("model") && "true".equals(reader.getAttributeValue(null, "dect"))) {
                    var lines = lines(reader.getAttributeValue(null, "lines"));
                    found.add(new DectModel(template, reader.getElementText().strip(), lines));
                }
            }
            return found;
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The template " + template.filename() + " was read before", e);
        }
    }

    private static int lines(String text) {
        return text != null && text.matches("[0-9]{1,3}") ? Math.clamp(Integer.parseInt(text), 1, MOST_LINES) : 1;
    }
}
