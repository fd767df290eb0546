package gatehouse.phonebooks;

/** Writes XML of our own, element by element; no value can leave its place. Not thread-safe. */
final class Xml {
    private final StringBuilder out = new StringBuilder(4096);

    Xml() {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    /** For a page that is no XML document of its own. @param head stands before everything */
    Xml(String head) {
        out.append(head);
    }

    Xml open(String name, String... attributes) {
        start(name, attributes);
        out.append(">\n");
        return this;
    }

    Xml close(String name) {
        out.append("</").append(name).append(">\n");
        return this;
    }

    /** An element with text alone. */
    Xml put(String name, String text, String... attributes) {
        start(name, attributes);
        out.append('>');
        escape(text);
        return close(name);
    }

    private void start(String name, String... attributes) {
        out.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.appendCodePoint(isAllowed(c) ? c : ' ');
            }
        });
    }

    /** XML 1.0, 2.2; a line break would end a phone's line. */
    private static boolean isAllowed(int c) {
        return c >= 0x20 && c < 0xd800 || c > 0xdfff && c < 0xfffe || c > 0xffff;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
