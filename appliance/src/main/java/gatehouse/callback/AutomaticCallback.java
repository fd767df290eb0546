package gatehouse.callback;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.core.Problems;
import gatehouse.numbers.NumberKind;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Single;
import gatehouse.store.Store.Tx;
import java.time.Duration;
import java.util.Optional;

/** The settings of automatic callback. Thread-safe. */
public final class AutomaticCallback implements Kind.Rules {
    private static final int LONGEST_MINUTES = 24 * 60;
    private static final ObjectNode DEFAULTS = (ObjectNode) Json.parse("""
            {"extension_number": "555", "retry_interval": 5, "retry_total_time": 30}""");

    /**
     * What a call engine needs to know.
     *
     * @param retryInterval how long to wait when the asker is busy too
     * @param watchFor      how long the busy extension is watched
     */
    public record Settings(Optional<String> number, Duration retryInterval, Duration watchFor) { }

    private final Single single;

    public AutomaticCallback(Keeping keeping) {
        single = new Single(keeping.of(Kind.of("automatic_callback", "AUTOMATIC_CALLBACK", "automatic callback service", "extension_number")
                .numbered(NumberKind.SERVICE).rules(this)), DEFAULTS);
    }

    public Settings settings() {
        var fields = single.get().document();
        return new Settings(Optional.ofNullable(fields.path("extension_number").textValue()), Duration.ofMinutes(fields.path("retry_interval").asLong(5)),
                Duration.ofMinutes(fields.path("retry_total_time").asLong(30)));
    }

    Single single() {
        return single;
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        var total = draft.document().path("retry_total_time").asInt(30);
        var interval = draft.document().path("retry_interval").asInt(5);
        problems.addIf(total > LONGEST_MINUTES, "retry_total_time", "maximum", "retry_total_time may be " + LONGEST_MINUTES + " minutes; it is " + total + ".");
        problems.addIf(interval < 1, "retry_interval", "minimum", "retry_interval must be a minute or more.");
        problems.addIf(interval > total, "retry_interval", "maximum", "retry_interval may not be longer than retry_total_time.");
    }
}
