package gatehouse.system;

import gatehouse.core.Event;

/** What others may hear of the machine. */
public sealed interface MachineEvent extends Event {
    /** Something of the machine is fuller than it may be; told once, until it was well below that again. */
    record Exceeded(Watch.Part part, Watch.Use use, double threshold) implements MachineEvent { }
}
