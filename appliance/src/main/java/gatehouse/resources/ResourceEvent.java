package gatehouse.resources;

import gatehouse.core.Event;

/** A resource changed; leaves after the commit. */
public sealed interface ResourceEvent extends Event {
    /** The kind's table: which capability it is of. */
    String table();

    Resource resource();

    record Created(String table, Resource resource) implements ResourceEvent { }

    record Updated(String table, Resource resource, Resource before) implements ResourceEvent { }

    record Deleted(String table, Resource resource) implements ResourceEvent { }
}
