package gatehouse.sip;

import java.util.List;
import java.util.Optional;

/** Who may register and call, and by which secret. Called on SIP threads for each authenticated request; must be quick. */
@FunctionalInterface
public interface DigestSecrets {
    /** @return the secret of that digest user name, in clear; empty when there is no such user, or it is disabled */
    Optional<String> secretOf(String username);

    /** Every secret by which that user may come, in clear, where each of its devices has one of its own. */
    default List<String> secretsOf(String username) {
        return secretOf(username).stream().toList();
    }

    /** That user came by this one. */
    default void shown(String username, String secret) { }
}
