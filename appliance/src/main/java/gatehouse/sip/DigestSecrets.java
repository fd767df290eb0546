package gatehouse.sip;

import java.util.Optional;

/** Who may register and call, and by which secret. Called on SIP threads for each authenticated request; must be quick. */
@FunctionalInterface
public interface DigestSecrets {
    /** @return the secret of that digest user name, in clear; empty when there is no such user, or it is disabled */
    Optional<String> secretOf(String username);
}
