package gatehouse.provisioning;

import gatehouse.console.Command;
import gatehouse.console.Table;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** What a phone will get, on the console; never its secrets. */
public final class PreviewCommands {
    private static final int WIDTH = 79; // of a terminal

    private PreviewCommands() {
    }

    /** @param host by which a phone is thought to reach the box that never came */
    public static List<Command> of(Previews previews, String host) {
        return List.of(Command.of("preview", "MAC: what this phone will get, and what is new of it", (_, words) -> words.size() != 1
                ? "Say which phone: preview 00:15:65:aa:bb:cc\n" : text(previews.of(words.getFirst(), host, false))));
    }

    private static String text(Preview preview) {
        if (preview.problem().isPresent()) {
            return preview.problem().get() + "\n";
        }
        var text = new StringBuilder(Table.of(List.of("FILE", "STANDS", "SINCE"), preview.files().stream().map(file -> List.of(file.name(),
                file.standing().name(), file.fetchedAt().map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse("-"))).toList()));
        preview.files().stream().filter(file -> file.standing() == Preview.Standing.CHANGED).forEach(file -> {
            text.append('\n').append(file.name()).append('\n');
            file.diff().forEach(line -> text.append(line.length() > WIDTH ? line.substring(0, WIDTH - 1) + "~" : line).append('\n'));
        });
        return text.append(sentence(preview.effect())).append('\n').toString();
    }

    private static String sentence(Preview.Effect effect) {
        return switch (effect) {
            case NOTHING -> "Nothing is new for this phone.";
            case STAYS_UP -> "It takes this over without a restart.";
            case MAY_RESTART -> "It may restart when it fetches this.";
            case RESTARTS -> "It restarts when it fetches this.";
        };
    }
}
