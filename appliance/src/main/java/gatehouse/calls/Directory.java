package gatehouse.calls;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Whose number is whose, and whom a call to it rings. Thread-safe. */
@FunctionalInterface
public interface Directory {
    /** @param displayName as phones show it */
    record Party(String number, String displayName) { }

    Optional<Party> byNumber(String number);

    /** Where a call goes first; straight to whose number it is, unless there are rules. May block. @param dialled the user part, as it came */
    default Way route(Party caller, String dialled) {
        return byNumber(dialled).<Way>map(callee -> new Way.Ring(caller, callee, Duration.ofDays(1), Map.of(), Way.Onward.NOWHERE))
                .orElseGet(() -> new Way.Refused(new Party(dialled, ""), 404));
    }
}
