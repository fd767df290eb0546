package gatehouse.users;

import gatehouse.core.Event;

/** A user was refused because there are as many as the box serves. */
public record UsersFull(int most) implements Event { }
