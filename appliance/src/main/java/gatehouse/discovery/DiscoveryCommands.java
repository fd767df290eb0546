package gatehouse.discovery;

import gatehouse.console.Command;
import gatehouse.console.Table;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The way in of phones, on the console. */
public final class DiscoveryCommands {
    private static final Duration WINDOW = Duration.ofMinutes(10);

    private DiscoveryCommands() {
    }

    public static List<Command> of(Discovery discovery) {
        return List.of(Command.of("why", "MAC: how far this phone came, and what to do", (_, words) -> words.size() != 1
                        ? "Say which phone: why 00:15:65:aa:bb:cc\n" : text(discovery.ladder(words.getFirst()))),
                Command.of("adopt", "MAC: lets this phone fetch its files within ten minutes", (_, words) -> words.size() != 1
                        ? "Say which phone: adopt 00:15:65:aa:bb:cc\n"
                        : "Open until " + discovery.openWindow(words.getFirst(), WINDOW).truncatedTo(ChronoUnit.SECONDS) + ". Now restart the phone.\n"));
    }

    private static String text(Discovery.Ladder ladder) {
        var text = new StringBuilder();
        if (!ladder.steps().isEmpty()) {
            text.append(Table.of(List.of("TIME", "STEP", "FROM", "WHAT"), ladder.steps().stream().map(step -> List.of(
                    step.at().truncatedTo(ChronoUnit.SECONDS).toString(), step.rung().name(), step.address(),
                    step.detail() + (step.times() > 1 ? " (" + step.times() + " times)" : ""))).toList()));
        }
        return text.append(ladder.why().stands()).append('\n').append(ladder.why().cure()).append(ladder.why().cure().isEmpty() ? "" : "\n").toString();
    }
}
