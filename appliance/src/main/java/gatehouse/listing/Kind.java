package gatehouse.listing;

/** What a field holds, and so what it may be compared with. */
public enum Kind {
    TEXT("a text in single quotes"),
    /** A whole or a floating number; exact decimals are whole numbers of their smallest unit, see {@link Field#money}. */
    NUMBER("a number"),
    /** 0 or 1 in the store. */
    BOOLEAN("true or false"),
    /** Epoch milliseconds in the store; in filters RFC 3339, compared as it is shown: in whole seconds. */
    TIME("a time such as 2026-01-31T08:00:00Z");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /** For complaints: what to write instead. */
    String words() {
        return words;
    }
}
