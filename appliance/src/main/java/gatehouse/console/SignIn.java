package gatehouse.console;

/** Lets somebody in. */
@FunctionalInterface
public interface SignIn {
    sealed interface Outcome {
        /** @param name as audit entries shall show it */
        record Ok(String name) implements Outcome { }

        /** @param why a sentence for the terminal */
        record Refused(String why) implements Outcome { }
    }

    /** @param line the serial line it comes from */
    Outcome signIn(String name, String password, String line);
}
