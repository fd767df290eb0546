package gatehouse.company;

import gatehouse.core.Event;

/** What others may hear of the company. */
public sealed interface CompanyEvent extends Event {
    record Updated(CompanySettings settings) implements CompanyEvent { }

    /** Headers of calls from now on. */
    record HeadersUpdated(CustomHeaders headers) implements CompanyEvent { }
}
