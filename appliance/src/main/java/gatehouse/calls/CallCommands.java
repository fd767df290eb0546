package gatehouse.calls;

import gatehouse.console.Command;
import gatehouse.console.Table;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Calls on the console. */
public final class CallCommands {
    private CallCommands() {
    }

    public static List<Command> of(Calls calls, Clock clock) {
        return List.of(Command.of("calls", "who talks now", (_, _) -> calls.live().isEmpty() ? "Nobody talks.\n"
                : Table.of(List.of("FROM", "TO", "STATE", "SINCE"), calls.live().stream().map(call -> List.of(
                        call.caller() + " " + call.callerDisplayName(), call.callee() + " " + call.calleeDisplayName(),
                        call.answeredAt().isPresent() ? "talking" : "ringing",
                        Duration.between(call.answeredAt().orElse(call.startedAt()), clock.instant()).toSeconds() + " s")).toList())));
    }
}
