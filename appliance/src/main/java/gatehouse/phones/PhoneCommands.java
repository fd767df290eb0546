package gatehouse.phones;

import gatehouse.console.Command;
import gatehouse.console.Table;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Phones on the console. */
public final class PhoneCommands {
    private PhoneCommands() {
    }

    /** @param seen where an extension's phone was last seen */
    public static List<Command> of(Phones phones, Users users, Function<String, Optional<PhoneRoutes.Seen>> seen) {
        return List.of(Command.of("phones", "MAC, model, whose, address, firmware", (_, _) -> phones.all().isEmpty()
                ? "There are no phones yet; give a user one on the page.\n"
                : Table.of(List.of("MAC", "MODEL", "NUMBER", "ADDRESS", "FIRMWARE"), phones.all().stream().map(phone -> {
                    var number = users.byId(phone.userId()).flatMap(User::extensionNumber);
                    var last = number.flatMap(seen);
                    return List.of(phone.mac(), phone.vendor() + " " + phone.model(), number.orElse("-"), last.map(PhoneRoutes.Seen::ip).orElse("-"),
                            last.map(PhoneRoutes.Seen::userAgent).orElse("-"));
                }).toList())));
    }
}
