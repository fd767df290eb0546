package gatehouse.templates;

/**
 * A file that a phone is better not given: a secret or a name would not be carried unchanged by its format, so that leaving a part of it out
 * would only fail later, on the phone; or the template makes it too large.
 */
public final class UnrenderableException extends RuntimeException {
    UnrenderableException(String variable, Format format) {
        this("The value of " + variable + " has characters that a file of the format " + format.word() + " cannot hold. Choose another value.");
    }

    UnrenderableException(String message) {
        super(message, null, false, false);
    }
}
