package gatehouse.pnp;

import java.util.Optional;

/** Which address a phone is told. Called on virtual threads, may block. */
@FunctionalInterface
public interface Answers {
    /** @return empty for no answer at all, so that another server on the network may give one */
    Optional<String> addressFor(Heard phone);
}
