package gatehouse.templates;

import gatehouse.templates.Template.DeviceFile;
import gatehouse.templates.Template.Model;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads a template. It may come from a stranger: no document type, no entities, bounded size, depth and number of files.
 */
final class TemplateReader {
    static final int LARGEST = 512 * 1024;
    private static final int DEEPEST = 16;
    private static final int MOST_FILES = 16;
    private static final int MOST_MODELS = 512;

    private final XMLStreamReader xml;
    private final String filename;
    private String name = "";
    private final List<Model> models = new ArrayList<>();
    private final Map<String, Map<String, String>> picks = new HashMap<>();
    private final Map<String, String> notifyEvents = new HashMap<>();
    private final List<DeviceFile> files = new ArrayList<>();

    private TemplateReader(String filename, XMLStreamReader xml) {
        this.filename = filename;
        this.xml = xml;
    }

    /** @throws TemplateException with the line where it stops making sense */
    static Template read(String filename, String text) throws TemplateException {
        if (text.length() > LARGEST) {
            throw new TemplateException(filename + " is larger than " + LARGEST + " characters");
        }
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            var reader = new TemplateReader(filename, factory.createXMLStreamReader(new StringReader(text)));
            reader.document();
            return reader.template();
        } catch (XMLStreamException e) {
            throw new TemplateException(filename + " is not well-formed XML: " + e.getMessage());
        }
    }

    private Template template() throws TemplateException {
        if (models.isEmpty() || files.isEmpty()) {
            throw new TemplateException(filename + " needs at least one model and one deviceconfig");
        }
        var template = new Template(filename, name.isEmpty() ? filename : name, models, picks, notifyEvents, files);
        var unknown = template.unknownVariables();
        if (!unknown.isEmpty()) {
            throw new TemplateException(filename + " uses variables that do not exist: " + String.join(", ", unknown.stream().sorted().toList()));
        }
        return template;
    }

    private void document() throws XMLStreamException, TemplateException {
        var path = new ArrayList<String>();
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    path.add(xml.getLocalName());
                    if (path.size() > DEEPEST) {
                        throw wrong("elements are nested more than " + DEEPEST + " deep");
                    }
                    if (element(String.join("/", path))) {
                        path.removeLast();
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> path.removeLast();
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw wrong("a document type or entity is not allowed");
                default -> { }
            }
        }
    }

    /** @return whether the element was read to its end */
    private boolean element(String path) throws XMLStreamException, TemplateException {
        return switch (path) {
            case "doc/header/name" -> {
                name = xml.getElementText().strip();
                yield true;
            }
            case "doc/header/models/model" -> {
                model();
                yield true;
            }
            case "doc/header/rebootParams/event-name", "doc/header/resyncParams/event-name" -> {
                notifyEvents.put(path.contains("reboot") ? "reboot" : "resync", xml.getElementText().strip());
                yield true;
            }
            case "doc/header/picks/pick/option" -> throw wrong("an option outside a pick");
            case "doc/header/picks/pick" -> {
                pick();
                yield true;
            }
            case "doc/data/device/deviceconfig" -> {
                file();
                yield true;
            }
            default -> false;
        };
    }

    private void model() throws XMLStreamException, TemplateException {
        var agent = xml.getAttributeValue(null, "ua");
        var model = xml.getElementText().strip();
        if (model.isEmpty() || model.length() > 64 || models.size() == MOST_MODELS) {
            throw wrong("a model needs a name of up to 64 characters, and there may be " + MOST_MODELS);
        }
        models.add(new Model(model, agent == null ? model : agent));
    }

    /** {@code <pick variable="language"><option value="English">ENGLISH</option>…</pick>}: our word inside, the family's as value. */
    private void pick() throws XMLStreamException, TemplateException {
        var variable = xml.getAttributeValue(null, "variable");
        if (variable == null || !Template.VARIABLES.contains(variable)) {
            throw wrong("a pick needs a known variable, not " + variable);
        }
        var words = new LinkedHashMap<String, String>();
        while (xml.nextTag() == XMLStreamConstants.START_ELEMENT) {
            var value = xml.getAttributeValue(null, "value");
            if (!xml.getLocalName().equals("option") || value == null) {
                throw wrong("a pick holds options with a value");
            }
            words.put(xml.getElementText().strip(), value);
        }
        picks.put(variable, Map.copyOf(words));
    }

    private void file() throws XMLStreamException, TemplateException {
        var fileName = xml.getAttributeValue(null, "filename");
        var format = xml.getAttributeValue(null, "format");
        if (fileName == null || fileName.isBlank() || fileName.contains("/") || fileName.contains("\\") || files.size() == MOST_FILES) {
            throw wrong("a deviceconfig needs a filename without slashes, and there may be " + MOST_FILES);
        }
        files.add(new DeviceFile(Body.parse(fileName), Format.named(format == null ? "text" : format), Body.parse(trimmed(xml.getElementText()))));
    }

    /** The line breaks beside the CDATA marks are the template's, not the file's. */
    private static String trimmed(String text) {
        return text.replaceAll("\\A\\s*\\n", "").stripTrailing() + "\n";
    }

    private TemplateException wrong(String why) {
        return new TemplateException(filename + ", line " + xml.getLocation().getLineNumber() + ": " + why);
    }
}
