package gatehouse.system;

import gatehouse.console.Command;
import java.util.List;

/** The report on the console. */
public final class SystemCommands {
    private SystemCommands() {
    }

    /** @param ports the listening ports in words */
    public static List<Command> of(SystemStatus status, String ports) {
        return List.of(Command.of("status", "version, lamp, calls, phones, ports", (_, _) -> text(status.report(), ports)));
    }

    private static String text(SystemStatus.Report report, String ports) {
        var text = """
                Gatehouse   %s on %s, up %d s
                Lamp        %s
                Registered  %d
                Calls       %d
                Memory      %d MB
                Ports       %s
                """.formatted(report.version(), report.board(), report.uptime().toSeconds(), report.ledPattern(), report.registered(), report.calls(),
                report.residentBytes() >> 20, ports);
        return report.faults().isEmpty() ? text : text + "Faults      " + String.join("; ", report.faults()) + "\n";
    }
}
