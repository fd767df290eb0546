package gatehouse.calls;

import gatehouse.calls.Directory.Party;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where a call goes, by what the office and its people have set. */
public sealed interface Way {
    /** Nobody is rung. @param callee who refuses it; of a number that is nobody's, without a name; @param status what the caller is told */
    record Refused(Party callee, int status) implements Way { }

    /**
     * The phones of {@code callee} ring.
     *
     * @param caller  as these phones show the caller
     * @param atMost  how long they ring; the box's own patience may end before
     * @param headers of the INVITEs to them
     */
    record Ring(Party caller, Party callee, Duration atMost, Map<String, String> headers, Onward onward) implements Way {
        public Ring {
            headers = Map.copyOf(headers);
        }
    }

    /** Why nobody took a call that rang. */
    enum Untaken { UNANSWERED, BUSY, UNREACHABLE }

    /** Where a call goes on that nobody took. May block. */
    @FunctionalInterface
    interface Onward {
        Onward NOWHERE = _ -> Optional.empty();

        /** Empty when the caller is told why nobody took it. Every way ends: after some, none rings. */
        Optional<Ring> after(Untaken why);
    }
}
