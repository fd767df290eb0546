package gatehouse.redirection;

import gatehouse.testkit.HttpDouble;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A maker's redirect service on loopback: lets in who shows that it knows the secret, and keeps phones by MAC. */
abstract class ServiceDouble implements AutoCloseable {
    static final String ACCOUNT = "box-account";
    static final String SECRET = "s3cret&<>: ü";
    static final String USERNAME = "owner";
    static final String PASSWORD = "owner's password";
    static final String SITE = "3345";

    /** Where this account's phones are led, by MAC in lower case. */
    final Map<String, String> phones = new ConcurrentSkipListMap<>();
    /** Phones that somebody else has. */
    final Set<String> others = ConcurrentHashMap.newKeySet();
    final HttpDouble http = new HttpDouble(this::served);
    private volatile HttpDouble.Answer instead;

    private HttpDouble.Answer served(HttpDouble.Asked asked) {
        return instead == null ? answer(asked) : instead;
    }

    abstract HttpDouble.Answer answer(HttpDouble.Asked asked);

    abstract Service service();

    /** Answers so from now on; null for its own answers again. */
    void answerInstead(HttpDouble.Answer answer) {
        instead = answer;
    }

    String base() {
        return http.url();
    }

    Access access() {
        return access(SECRET, PASSWORD);
    }

    Access access(String secret, String password) {
        return new Access(service(), base(), "box.test", ACCOUNT, secret, USERNAME, password, SITE);
    }

    /** All that it was sent, for looking for what it should not have been sent. */
    List<String> sent() {
        return http.asked().stream().map(asked -> asked.method() + " " + asked.path() + " " + asked.headers() + " " + asked.body()).toList();
    }

    @Override
    public void close() {
        http.close();
    }
}
