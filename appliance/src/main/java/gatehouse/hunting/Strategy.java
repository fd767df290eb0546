package gatehouse.hunting;

/** In which order the members of a group ring; the contract's words. */
public enum Strategy {
    RING_SIMULTANEOUSLY, PRIORITIZED_HUNT, CYCLIC_HUNT, LEAST_WORKED_HUNT, PAGING_INTERCOM, SKILL_BASED_ROUTING_PRIORITIZED_HUNT,
    SKILL_BASED_ROUTING_CYCLIC_HUNT, SKILL_BASED_ROUTING_LEAST_WORKED_HUNT
}
