package gatehouse.signin;

import gatehouse.users.User;

/** Somebody else who knows people and vouches for them, by OAuth 2 and OpenID Connect. */
public interface IdentityProvider {
    /** As in the path: {@code microsoft}. */
    String name();

    /** Whether somebody has set it up. */
    boolean ready();

    /** What ties an answer to its question. @param challenge of PKCE (RFC 7636), SHA-256 of the verifier */
    record Question(String state, String nonce, String challenge, String redirectUri) { }

    /** Where a browser goes to sign in. */
    String authorizationUrl(Question question);

    /** @param verifier of PKCE */
    record Answer(String code, String nonce, String verifier, String redirectUri) { }

    /** Whom a code speaks for. @throws NotVouchedFor when it speaks for nobody here */
    User user(Answer answer) throws NotVouchedFor;

    /** In words for who tried. */
    final class NotVouchedFor extends Exception {
        public NotVouchedFor(String message) {
            super(message);
        }
    }
}
