package gatehouse.redirection;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** XML-RPC as these services speak it: texts, or a list of texts, go there; a flag and a text come back. @param password as it is sent */
record XmlRpc(Line line, String user, String password) {
    private static final int DEEPEST = 32;
    private static final int MOST_VALUES = 10_000;

    /** @param text what the service says; empty when it says nothing */
    record Answer(boolean ok, String text) {
        boolean says(String part) {
            return text.toLowerCase(java.util.Locale.ROOT).contains(part);
        }
    }

    private record Value(String type, String text) { }

    private record Body(boolean isFault, List<Value> values) { }

    /** @param arguments texts or lists of texts */
    Answer call(String method, Object... arguments) throws Refusal {
        var request = line.to("").setHeader("Accept", "text/xml").header("Content-Type", "text/xml; charset=utf-8")
                .header("Authorization", Line.basic(user, password)).POST(BodyPublishers.ofString(text(method, arguments)));
        var raw = line.ask(request);
        if (raw.status() != 200) {
            throw Line.unclear();
        }
        return read(raw.bytes());
    }

    static String text(String method, Object... arguments) {
        var xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<methodCall><methodName>").append(escaped(method))
                .append("</methodName><params>");
        for (var argument : arguments) {
            xml.append("<param><value>");
            if (argument instanceof List<?> list) {
                xml.append("<array><data>");
                list.forEach(one -> xml.append("<value><string>").append(escaped(one.toString())).append("</string></value>"));
                xml.append("</data></array>");
            } else {
                xml.append("<string>").append(escaped(argument.toString())).append("</string>");
            }
            xml.append("</value></param>");
        }
        return xml.append("</params></methodCall>").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** A stranger's XML: no document type, no entities of its own, bounded depth and length. */
    static Answer read(byte[] xml) throws Refusal {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        try {
            return answer(body(factory.createXMLStreamReader(new ByteArrayInputStream(xml))));
        } catch (XMLStreamException e) {
            throw Line.unclear();
        }
    }

    private static Answer answer(Body body) throws Refusal {
        var values = body.values;
        if (body.isFault) {
            throw new Refusal(Trouble.REJECTED, String.join(" ", values.stream().map(Value::text).toList()));
        }
        if (values.isEmpty() || !values.getFirst().type.equals("boolean")) {
            throw Line.unclear();
        }
        var flag = values.getFirst().text;
        return new Answer(flag.equals("1") || flag.equalsIgnoreCase("true"), values.size() > 1 ? values.get(1).text : "");
    }

    /** The values that hold no others, in their order. */
    private static Body body(XMLStreamReader reader) throws XMLStreamException, Refusal {
        var values = new ArrayList<Value>();
        var open = new ArrayDeque<String>();
        var text = new StringBuilder();
        var type = "string";
        var isLeaf = false;
        var isFault = false;
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> throw Line.unclear();
                case XMLStreamConstants.START_ELEMENT -> {
                    open.push(reader.getLocalName());
                    type = open.peek().equals("value") ? "string" : open.peek();
                    isLeaf = true;
                    isFault |= open.peek().equals("fault");
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    if (isLeaf && open.contains("value") && !open.peek().equals("name")) {
                        values.add(new Value(type, text.toString().strip()));
                    }
                    isLeaf = false;
                    open.pop();
                }
                default -> { }
            }
            if (open.size() > DEEPEST || values.size() > MOST_VALUES) {
                throw Line.unclear();
            }
        }
        return new Body(isFault, values);
    }
}
