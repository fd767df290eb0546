package gatehouse.console;

import java.util.List;

/** One command. */
public interface Command {
    /** The first word. */
    String name();

    /** One line for {@code help}: the arguments, and what it does. */
    String help();

    /**
     * @param who       who is signed in
     * @param arguments the words after the first
     * @return what to show; @throws gatehouse.core.ProblemException for an expected refusal
     */
    String run(String who, List<String> arguments);

    /** A command from its parts. */
    static Command of(String name, String help, Action action) {
        return new Command() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String help() {
                return help;
            }

            @Override
            public String run(String who, List<String> arguments) {
                return action.run(who, arguments);
            }
        };
    }

    @FunctionalInterface
    interface Action {
        String run(String who, List<String> arguments);
    }
}
