package gatehouse.topics;

import gatehouse.api.Caller;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who signed in over a socket.
 *
 * @param number their extension; empty for who has none
 * @param caller what they may do now; empty once the sign-in has ended
 */
record Identity(String userId, Optional<String> number, Supplier<Optional<Caller>> caller) {
}
