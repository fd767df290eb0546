package gatehouse.ipfilters;

import gatehouse.core.Event;

/** What others may hear of rules at work; changes of rules are told as {@link gatehouse.resources.ResourceEvent}. */
public sealed interface IpRuleEvent extends Event {
    /** Somebody was turned away; told once in a while for each address. */
    record Blocked(String address) implements IpRuleEvent { }
}
