package gatehouse.forwarding;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.numbers.Dialled;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of a call.
 *
 * @param number  where to, for FORWARD_TO_NUMBER; whose voicemail, for FORWARD_TO_VOICEMAIL, where that is not the user's own; else empty
 * @param timeout how long phones ring before a rule for calls that nobody answers takes over
 */
public record Rule(Action action, String number, Duration timeout) {
    /** The contract's words. */
    public enum Action { FORWARD_TO_NUMBER, FORWARD_TO_VOICEMAIL, RING_ANYWAY, HANGUP }

    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60); // the contract's

    /** Empty when there is none, or it says nothing. */
    static Optional<Rule> of(JsonNode rule) {
        return Optional.ofNullable(rule.path("action").textValue()).map(action -> new Rule(Action.valueOf(action),
                Dialled.dialled(rule.path("number").asText("").strip()), Duration.ofSeconds(rule.path("timeout").asLong(DEFAULT_TIMEOUT.toSeconds()))));
    }
}
