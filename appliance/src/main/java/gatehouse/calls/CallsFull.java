package gatehouse.calls;

import gatehouse.core.Event;

/** A call was refused because as many are up as the box carries. */
public record CallsFull(int most) implements Event { }
