package gatehouse.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What went wrong, why, and what to do next, in words a caller can act on.
 *
 * @param code    the contract's error code ("Conventions" of the REST contract); also picks the HTTP status
 * @param message one or two plain sentences; never a secret, never a stack trace
 * @param detail  the field, the rule and the limit where there is one; empty otherwise
 */
public record Problem(Code code, String message, Map<String, Object> detail) {

    /** Codes are only ever added: clients compare them as text. */
    public enum Code {
        UNKNOWN, VALIDATE_FAILED, UNAUTHORIZED, FORBIDDEN, NOT_FOUND, CONFLICT,
        TOO_MANY_REQUESTS, PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, UNAVAILABLE, RANGE_NOT_SATISFIABLE,
        PASSWORD_RESET_REQUIRED
    }

    public Problem {
        detail = Map.copyOf(detail);
    }

    public static Problem of(Code code, String message) {
        return new Problem(code, message, Map.of());
    }

    /** A field that breaks a rule; {@code field} is the contract's name, dotted for nested ones. */
    public static Problem invalid(String field, String rule, String message) {
        return new Problem(Code.VALIDATE_FAILED, message, Map.of("field", field, "rule", rule));
    }

    public static Problem conflict(String field, String message) {
        return new Problem(Code.CONFLICT, message, Map.of("field", field));
    }

    /** @param why half a sentence: what there was too much of; @param until from when on it may be tried again */
    public static Problem tooMany(String why, Instant now, Instant until) {
        var seconds = Math.max(1, Duration.between(now, until).toSeconds());
        return new Problem(Code.TOO_MANY_REQUESTS, why + ". Wait " + seconds + " seconds and try again.", Map.of("retry_after", seconds));
    }

    public static Problem notFound(String what) {
        return of(Code.NOT_FOUND, "There is no such " + what + ", or it is not yours to see.");
    }

    public ProblemException raise() {
        return new ProblemException(java.util.List.of(this));
    }
}
