package gatehouse.provisioning;

import gatehouse.templates.Template;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Which lines make a family of phones restart, as its template's {@code <restarts>} has it.
 *
 * @param otherwise for lines that no rule names
 * @param rules     the longest beginning that fits decides
 */
record Restarts(Verdict otherwise, List<Rule> rules) {
    /** From harmless to certain. */
    enum Verdict {
        NO, MAY, YES;

        /** A word that is none is one that we cannot read, and so may mean anything. */
        private static Verdict of(String word) {
            return Arrays.stream(values()).filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word)).findFirst().orElse(MAY);
        }
    }

    /** @param start how a line begins, without the spaces before it */
    record Rule(String start, Verdict then) { }

    Restarts {
        rules = List.copyOf(rules);
    }

    /** Every change may restart a phone whose template says nothing. */
    static Restarts of(Template template) {
        try {
            return read(template.source());
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The template " + template.filename() + " was read before", e);
        }
    }

    private static Restarts read(String xml) throws XMLStreamException {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        var reader = factory.createXMLStreamReader(new StringReader(xml));
        while (reader.hasNext() && !(reader.isStartElement() && reader.getLocalName().equals("data"))) {
            if (reader.isStartElement() && reader.getLocalName().equals("restarts")) {
                return rules(reader);
            }
            reader.next();
        }
        return new Restarts(Verdict.MAY, List.of());
    }

    private static Restarts rules(XMLStreamReader reader) throws XMLStreamException {
        var otherwise = Verdict.of(reader.getAttributeValue(null, "otherwise"));
        var rules = new ArrayList<Rule>();
        while (!(reader.next() == XMLStreamReader.END_ELEMENT && reader.getLocalName().equals("restarts"))) {
            if (reader.isStartElement()) {
                var then = Verdict.of(reader.getLocalName());
                rules.add(new Rule(reader.getElementText().strip(), then));
            }
        }
        return new Restarts(otherwise, rules);
    }

    /** Whether a phone restarts when this line of one of its files changes. */
    Verdict of(String line) {
        var text = line.strip();
        if (text.isEmpty() || text.startsWith("#") || text.startsWith("<!--")) {
            return Verdict.NO;
        }
        Rule best = null;
        for (var rule : rules) {
            if (text.startsWith(rule.start) && (best == null || rule.start.length() > best.start.length())) {
                best = rule;
            }
        }
        return best == null ? otherwise : best.then;
    }
}
