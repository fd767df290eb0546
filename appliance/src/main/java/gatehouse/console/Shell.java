package gatehouse.console;

import gatehouse.core.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** One terminal's conversation: sign in, commands, sign out, and again. Runs on its line's thread until the line is gone. */
public final class Shell {
    private static final System.Logger LOG = System.getLogger(Shell.class.getName());
    private final String line;
    private final LineReader terminal;
    private final SignIn signIn;
    private final List<Command> commands;
    private final String banner;

    /** @param line the serial line's name, for locks and the audit log */
    public Shell(String line, InputStream in, OutputStream out, SignIn signIn, List<Command> commands, String banner) {
        this.line = line;
        this.terminal = new LineReader(in, out);
        this.signIn = signIn;
        this.commands = List.copyOf(commands);
        this.banner = banner;
    }

    /** @throws IOException when the line fails; returns when it ends */
    public void run() throws IOException {
        terminal.show("\n" + banner + "\n");
        for (var who = signedIn(); who.isPresent(); who = signedIn()) {
            terminal.show("Signed in as " + who.get() + ". Type help for the commands.\n");
            if (!converse(who.get())) {
                return;
            }
        }
    }

    /** @return nothing when the line is gone */
    private Optional<String> signedIn() throws IOException {
        while (true) {
            var name = terminal.read("login: ", true);
            if (name.isEmpty()) {
                return Optional.empty();
            }
            if (name.get().isBlank()) {
                continue;
            }
            var password = terminal.read("password: ", false);
            if (password.isEmpty()) {
                return Optional.empty();
            }
            switch (signIn.signIn(name.get().strip(), password.get(), line)) {
                case SignIn.Outcome.Ok(var who) -> {
                    return Optional.of(who);
                }
                case SignIn.Outcome.Refused(var why) -> terminal.show(why + "\n");
            }
        }
    }

    /** @return false when the line is gone, true after logout */
    private boolean converse(String who) throws IOException {
        while (true) {
            var typed = terminal.read("gatehouse> ", true);
            if (typed.isEmpty()) {
                return false;
            }
            var words = Arrays.stream(typed.get().strip().split("\\s+")).filter(word -> !word.isEmpty()).toList();
            if (words.isEmpty()) {
                continue;
            }
            if (words.getFirst().equals("logout")) {
                terminal.show("Signed out.\n");
                return true;
            }
            terminal.show(answer(who, words));
        }
    }

    private String answer(String who, List<String> words) {
        if (words.getFirst().equals("help")) {
            return help();
        }
        var command = commands.stream().filter(one -> one.name().equals(words.getFirst())).findFirst();
        if (command.isEmpty()) {
            return "There is no command " + words.getFirst() + ". Type help for those there are.\n";
        }
        try {
            return command.get().run(who, words.subList(1, words.size()));
        } catch (ProblemException refused) {
            return refused.getMessage() + "\n";
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "The console command " + words.getFirst() + " failed", e);
            return "The box failed to do this; its log says why.\n";
        }
    }

    private String help() {
        var text = new StringBuilder();
        commands.forEach(command -> text.append("  %-10s %s%n".formatted(command.name(), command.help())));
        return text.append("  %-10s %s%n  %-10s %s%n".formatted("help", "this list", "logout", "sign out")).toString();
    }
}
