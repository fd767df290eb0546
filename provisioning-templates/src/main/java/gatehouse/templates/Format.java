package gatehouse.templates;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a file is written, and so how a value keeps to its place in it. */
enum Format {
    /** Element text and attribute values (XML 1.0, 2.2 and 2.4). */
    XML("text/xml; charset=utf-8") {
        @Override
        boolean holds(char c) {
            return c >= ' ' ? c < '\ufffe' : c == '\t' || c == '\n' || c == '\r';
        }

        @Override
        void put(StringBuilder out, char c) {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\t', '\n', '\r' -> out.append("&#").append((int) c).append(';'); // an attribute would turn them into spaces
                default -> out.append(c);
            }
        }
    },

    /** {@code key = value}, one a line, as Yealink and many more: a value ends where its line ends. */
    KEYVALUE("text/plain; charset=utf-8") {
        @Override
        boolean holds(char c) {
            return !isLineBreakOrControl(c);
        }
    },

    /** {@code key: "value"}, one a line, as Mitel reads; without the quotes a # would begin a comment. */
    QUOTED("text/plain; charset=utf-8") {
        @Override
        boolean holds(char c) {
            return !isLineBreakOrControl(c) && c != '"';
        }
    },

    /** One account a line with {@code ;name=value} parameters, as baresip reads: no quoting inside a value. */
    ACCOUNTS("text/plain; charset=utf-8") {
        @Override
        boolean holds(char c) {
            return !isLineBreakOrControl(c) && ";\"<>\\".indexOf(c) < 0;
        }

        @Override
        boolean holdsExactly(char c) {
            return holds(c) && c != ' ';
        }
    },

    /** A file's name. */
    NAME("") {
        @Override
        boolean holds(char c) {
            return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
        }
    };

    private final String contentType;

    Format(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /** As a template writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Format> byWord(String word) {
        return Arrays.stream(values()).filter(format -> format != NAME && format.word().equals(word)).findFirst();
    }

    /** What a file of this name is, when its template does not say. */
    static Format of(String filename) {
        return filename.endsWith(".xml") || filename.endsWith(".htm") || filename.endsWith(".html") ? XML : KEYVALUE;
    }

    /** Whether the format has a way to write {@code c}; what it has not becomes a space. */
    abstract boolean holds(char c);

    boolean holdsExactly(char c) {
        return holds(c);
    }

    void put(StringBuilder out, char c) {
        out.append(c);
    }

    /** Appends {@code value} so that it stays one value. @throws UnrenderableException for one that must not change and would */
    final void write(StringBuilder out, String variable, String value) {
        var exact = Vocabulary.isExact(variable);
        for (int i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (exact && !holdsExactly(c)) {
                throw new UnrenderableException(variable, this);
            }
            if (isHalfPair(value, i) || !holds(c)) {
                out.append(this == NAME ? '_' : ' ');
            } else {
                put(out, c);
            }
        }
    }

    /** A surrogate without its other half cannot be sent as UTF-8. */
    private static boolean isHalfPair(String value, int i) {
        var c = value.charAt(i);
        return Character.isHighSurrogate(c) ? i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1))
                : Character.isLowSurrogate(c) && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
    }

    private static boolean isLineBreakOrControl(char c) {
        return c < ' ' || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029';
    }
}
