package gatehouse.testkit;

import java.util.List;
import java.util.stream.Stream;

/** A network namespace for a command and what it starts: nothing in it reaches the machine's own wires. */
public final class OwnNetwork {
    private OwnNetwork() {
    }

    /** Root needs no user namespace for it, which some machines forbid. */
    public static List<String> around(String... command) {
        var enter = "root".equals(System.getProperty("user.name")) ? Stream.of("unshare", "--net") : Stream.of("unshare", "--map-root-user", "--net");
        return Stream.concat(enter, Stream.of(command)).toList();
    }
}
