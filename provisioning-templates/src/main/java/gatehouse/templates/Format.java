package gatehouse.templates;

import java.util.Locale;

/** What kind of file a phone gets: its media type, and how a value is kept from breaking out of its place. */
enum Format {
    /** {@code key = value} lines. */
    TEXT("text/plain; charset=utf-8") {
        @Override
        String escape(String value) {
            return value.replaceAll("\\p{Cntrl}", "");
        }
    },
    XML("application/xml; charset=utf-8") {
        @Override
        String escape(String value) {
            var clean = value.replaceAll("\\p{Cntrl}", "");
            return clean.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&apos;");
        }
    },
    /** One account a line, values between quotes or up to a semicolon. */
    ACCOUNTS("text/plain; charset=utf-8") {
        @Override
        String escape(String value) {
            return value.replaceAll("[\\p{Cntrl}\"<>;,]", "");
        }
    };

    final String mediaType;

    Format(String mediaType) {
        this.mediaType = mediaType;
    }

    abstract String escape(String value);

    static Format named(String name) throws TemplateException {
        for (var format : values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(name)) {
                return format;
            }
        }
        throw new TemplateException("There is no format " + name + "; there are text, xml and accounts");
    }
}
