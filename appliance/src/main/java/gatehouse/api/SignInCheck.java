package gatehouse.api;

import java.util.Optional;

/** Whose token it is. Called for each request. */
@FunctionalInterface
public interface SignInCheck {
    Optional<Caller> check(String accessToken);
}
