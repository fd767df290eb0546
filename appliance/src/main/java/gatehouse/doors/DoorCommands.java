package gatehouse.doors;

import gatehouse.audit.Actor;
import gatehouse.console.Command;
import gatehouse.console.Table;
import java.util.List;

/** Doors on the console. */
public final class DoorCommands {
    private DoorCommands() {
    }

    public static List<Command> of(Doors doors) {
        return List.of(
                Command.of("doors", "the doors and whether they are open", (_, _) -> Table.of(List.of("DOOR", "NAME", "STATE"),
                        doors.all().stream().map(door -> List.of(door.id(), door.name(), door.energised() ? "open" : "shut")).toList())),
                Command.of("door", "open NAME: opens a door for three seconds", (who, arguments) -> open(doors, who, arguments)));
    }

    private static String open(Doors doors, String who, List<String> arguments) {
        if (arguments.size() != 2 || !arguments.getFirst().equals("open")) {
            return "Say: door open NAME. The command doors lists the names.\n";
        }
        doors.open(arguments.get(1), new Actor(who, "CONSOLE", ""));
        return arguments.get(1) + " is open for three seconds.\n";
    }
}
