package gatehouse.users;

import gatehouse.console.Command;
import gatehouse.console.Table;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** Users on the console. */
public final class UserCommands {
    private UserCommands() {
    }

    /** @param status a user's status in a word */
    public static List<Command> of(Users users, Function<User, String> status) {
        return List.of(Command.of("users", "people, numbers, who is online", (_, _) -> Table.of(List.of("NUMBER", "NAME", "DISPLAY NAME", "ROLE", "STATUS"),
                users.all().stream().sorted(Comparator.comparing(user -> user.extensionNumber().orElse("")))
                        .map(user -> List.of(user.extensionNumber().orElse("-"), user.name(), user.displayName(), user.role(), status.apply(user))).toList())));
    }
}
