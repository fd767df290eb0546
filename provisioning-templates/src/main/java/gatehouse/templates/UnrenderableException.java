package gatehouse.templates;

/** A secret or a name that the file's format cannot carry unchanged; leaving a part of it out would only fail later, on the phone. */
public final class UnrenderableException extends RuntimeException {
    UnrenderableException(String variable, Format format) {
        super("The value of " + variable + " has characters that a file of the format " + format.word() + " cannot hold. Choose another value.",
                null, false, false);
    }
}
