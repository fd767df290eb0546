package gatehouse.phones;

import gatehouse.console.Command;
import gatehouse.console.Table;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.List;

/** Phones on the console. */
public final class PhoneCommands {
    private PhoneCommands() {
    }

    public static List<Command> of(Phones phones, Users users, Sightings sightings) {
        return List.of(Command.of("phones", "MAC, model, whose, address, firmware", (_, _) -> phones.all().isEmpty()
                ? "There are no phones yet; give a user one on the page.\n"
                : Table.of(List.of("MAC", "MODEL", "NUMBER", "ADDRESS", "FIRMWARE"), phones.all().stream().map(phone -> {
                    var number = users.byId(phone.userId()).flatMap(User::extensionNumber);
                    var last = sightings.latest(phone);
                    return List.of(phone.mac(), phone.vendor() + " " + phone.model(), number.orElse("-"), last.map(Seen::ip).orElse("-"),
                            last.map(Seen::userAgent).map(Fetch::firmware).filter(version -> !version.isEmpty()).orElse("-"));
                }).toList())));
    }
}
