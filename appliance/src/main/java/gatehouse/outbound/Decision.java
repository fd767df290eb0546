package gatehouse.outbound;

import gatehouse.security.Verdict;
import java.util.List;

/** What becomes of a call outside. */
public sealed interface Decision {
    /** To be tried in this order; never empty. */
    record Ways(List<OutboundRoute> routes) implements Decision {
        public Ways {
            routes = List.copyOf(routes);
        }
    }

    /** It would find a way, but may not go. */
    record Barred(Verdict why) implements Decision { }

    /** No rule is for it, or none of the rule's trunks can be used. */
    record NoWay() implements Decision { }
}
