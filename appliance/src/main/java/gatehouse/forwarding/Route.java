package gatehouse.forwarding;

import java.time.Duration;
import java.util.List;

/** Where a call goes in the end. Each tells the numbers that sent it on, the one that was dialled first. */
public sealed interface Route {
    List<String> via();

    /** The phones of a user ring. @param as whose rule it is once nobody answers; @param atMost how long */
    record Ring(String number, Situation as, Duration atMost, List<String> via) implements Route { }

    /** To what is no user: a group, a queue, a number outside. */
    record Elsewhere(String number, List<String> via) implements Route { }

    /** @param number whose voicemail takes the call; @param otherwise what the caller is told where none does */
    record Voicemail(String number, int otherwise, List<String> via) implements Route { }

    /** @param number who refuses it; @param status what the caller is told */
    record Refused(String number, int status, List<String> via) implements Route { }
}
