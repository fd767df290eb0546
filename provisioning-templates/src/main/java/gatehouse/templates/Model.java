package gatehouse.templates;

/**
 * A kind of phone that a template serves.
 *
 * @param name      such as {@code T46S}
 * @param userAgent what its HTTP User-Agent holds, such as {@code SIP-T46S}; empty when unknown
 * @param code      the vendor's number for it in file names, such as {@code 66}; empty when it has none
 * @param doorPhone whether it opens doors, and so always has door codes
 */
public record Model(String name, String userAgent, String code, boolean doorPhone) {
    /** Whether {@code text} names this model, in any case: its name or what its User-Agent says. */
    boolean answersTo(String text) {
        return name.equalsIgnoreCase(text) || !userAgent.isEmpty() && userAgent.equalsIgnoreCase(text);
    }
}
