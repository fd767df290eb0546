package gatehouse.templates;

/** A template that cannot be used; the message names the line and what to change. */
public final class TemplateException extends RuntimeException {
    private final int line;

    TemplateException(String template, int line, String message) {
        super(template + ":" + line + ": " + message, null, false, false);
        this.line = line;
    }

    /** Counted from 1. */
    public int line() {
        return line;
    }
}
