package gatehouse.templates;

/** A template that cannot be used; the message says where and why. */
public final class TemplateException extends Exception {
    private static final long serialVersionUID = 1;

    TemplateException(String message) {
        super(message);
    }
}
