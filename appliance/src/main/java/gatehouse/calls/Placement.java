package gatehouse.calls;

import gatehouse.registrations.Binding;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A call that a program asks for: the box rings the caller's phone, and once that answers, the callee.
 *
 * @param callerName   as the callee's phone shows it; empty for the caller's own
 * @param offers       whether the caller's phone is told at once what sound there will be, or is asked (RFC 3725)
 * @param userData     kept with the record
 * @param phones       which of the caller's phones ring
 * @param toCaller,toCallee headers of the INVITEs
 */
public record Placement(String caller, Optional<String> callerName, String callee, boolean offers, Optional<String> userData, Predicate<Binding> phones,
                        Map<String, String> toCaller, Map<String, String> toCallee) {
    public Placement {
        toCaller = Map.copyOf(toCaller);
        toCallee = Map.copyOf(toCallee);
    }
}
