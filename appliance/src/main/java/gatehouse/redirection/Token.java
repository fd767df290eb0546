package gatehouse.redirection;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;

/** An access token (RFC 6749 5.1) until shortly before it ends. Thread-safe. */
final class Token {
    private static final long EARLY_SECONDS = 60;
    private static final long USUAL_SECONDS = 3600;

    interface Source {
        JsonNode ask() throws Refusal;
    }

    private final Clock clock;
    private String value = ""; // guarded by this
    private Instant until = Instant.MIN;

    Token(Clock clock) {
        this.clock = clock;
    }

    /** @param source asked when there is none that holds; answers {@code access_token} and {@code expires_in} */
    synchronized String value(Source source) throws Refusal {
        if (!clock.instant().isBefore(until)) {
            var answer = source.ask();
            if (!answer.path("access_token").isTextual()) {
                throw new Refusal(Trouble.CREDENTIALS, answer.path("error_description").asText(answer.path("error").asText("It gave no token.")));
            }
            value = answer.get("access_token").textValue();
            until = clock.instant().plusSeconds(Math.max(0, answer.path("expires_in").asLong(USUAL_SECONDS) - EARLY_SECONDS));
        }
        return value;
    }

    synchronized void forget() {
        until = Instant.MIN;
    }
}
