package gatehouse.redirection;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** A service was not told. */
final class Refusal extends Exception {
    private static final int LONGEST = 160; // it becomes a step of a phone's ladder
    private static final Pattern FOLDER = Pattern.compile("provision(/|%2[Ff])(?!start\\b)[0-9a-v]+");
    private final transient Trouble trouble;
    private final transient Optional<Duration> after;

    /** @param words what the service said, or what happened; shown to administrators */
    Refusal(Trouble trouble, String words) {
        this(trouble, words, Optional.empty());
    }

    /** @param after how long the service asks to wait */
    Refusal(Trouble trouble, String words, Optional<Duration> after) {
        super(shortened(words));
        this.trouble = trouble;
        this.after = after;
    }

    /** A service may repeat the address it was told, and the folder's name in it is a secret. */
    private static String shortened(String words) {
        var line = FOLDER.matcher(words.replaceAll("\\p{Cntrl}+", " ").strip()).replaceAll("provision/…");
        return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
    }

    Trouble trouble() {
        return trouble;
    }

    Optional<Duration> after() {
        return after;
    }
}
