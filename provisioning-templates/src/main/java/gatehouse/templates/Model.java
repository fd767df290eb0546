package gatehouse.templates;

/**
 * A kind of phone that a template serves.
 *
 * @param name      such as {@code T46S}
 * @param userAgent what its HTTP User-Agent holds, such as {@code SIP-T46S}; empty when unknown
 * @param code      the vendor's number for it in file names, such as {@code 66}; empty when it has none
 * @param doorPhone whether it opens doors, and so always has door codes
 * @param dect      whether it is a DECT base, which carries handsets of several people
 * @param app       the scheme of an address that opens its app with the address of its file, such as {@code linphone-config:}; empty when it has none
 * @param lines     how many accounts it has room for, from 1 to {@value #MOST_LINES}
 */
public record Model(String name, String userAgent, String code, boolean doorPhone, boolean dect, int lines, String app) {
    static final int MOST_LINES = 255; // the largest DECT systems count their handsets' places in a byte

    /** Whether {@code text} names this model, in any case: its name or what its User-Agent says. */
    boolean answersTo(String text) {
        return name.equalsIgnoreCase(text) || !userAgent.isEmpty() && userAgent.equalsIgnoreCase(text);
    }
}
