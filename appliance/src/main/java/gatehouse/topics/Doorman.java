package gatehouse.topics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Caller;
import gatehouse.signin.SignIns;
import gatehouse.signin.SignIns.Verified;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Lets clients in: by name and password, by an access token, or by extension number and SIP password. Wrong tries count as everywhere. A SIP
 * password stands in files that phones fetch, so it opens no more than what is the extension's own (docs/decisions/020). Thread-safe.
 */
final class Doorman {
    sealed interface Outcome {
        record In(Identity identity) implements Outcome { }

        record Refused(String why) implements Outcome { }
    }

    private static final String SOURCE = "API";
    private static final String OWES = "Choose a password of your own first, over REST or on the page.";
    private static final String WRONG = "This name, token or password does not fit. Who has a second factor signs in over REST and sends the access_token.";

    private final SignIns signIns;
    private final Users users;
    private final String domain;

    Doorman(SignIns signIns, Users users, String domain) {
        this.signIns = signIns;
        this.users = users;
        this.domain = domain;
    }

    Outcome admit(ObjectNode asked, String address) {
        if (!asked.path("domain").asText(domain).equalsIgnoreCase(domain)) {
            return new Outcome.Refused(WRONG);
        }
        var token = asked.path("access_token").asText("");
        if (!token.isEmpty()) {
            return signIns.check(token).map(caller -> caller.owesPassword() ? new Outcome.Refused(OWES)
                    : new Outcome.In(identity(caller.userId(), () -> free(signIns.check(token))))).orElseGet(() -> new Outcome.Refused(WRONG));
        }
        var password = asked.path("password").asText("");
        var number = asked.path("extension_number").asText("");
        return number.isEmpty() ? verdict(signIns.verifyAlone(asked.path("username").asText(""), password, address, SOURCE), this::byPassword)
                : verdict(signIns.verifyByExtension(number, password, address, SOURCE), user -> byExtension(user, number));
    }

    private static Outcome verdict(Verified verified, Function<User, Identity> as) {
        return switch (verified) {
            case Verified.Ok(var user) -> new Outcome.In(as.apply(user));
            case Verified.Refused() -> new Outcome.Refused(WRONG);
            case Verified.LockedOut(var until) -> new Outcome.Refused("Too many wrong tries. Try again after " + until + ".");
        };
    }

    private Identity byPassword(User user) {
        var version = users.passwordVersion(user.id());
        return identity(user.id(), () -> free(users.byId(user.id()).filter(now -> now.enabled() && users.passwordVersion(now.id()) == version)
                .map(signIns::caller)));
    }

    /** Who has to choose a password before anything else is nobody here. */
    private static Optional<Caller> free(Optional<Caller> caller) {
        return caller.filter(who -> !who.owesPassword());
    }

    private Identity byExtension(User user, String number) {
        var secret = users.sipSecret(number);
        return identity(user.id(), () -> users.byId(user.id()).filter(_ -> users.sipSecret(number).equals(secret))
                .map(now -> new Caller(now.id(), now.name(), now.role(), Set.of())));
    }

    private Identity identity(String userId, Supplier<Optional<Caller>> caller) {
        return new Identity(userId, users.byId(userId).flatMap(User::extensionNumber), caller);
    }
}
