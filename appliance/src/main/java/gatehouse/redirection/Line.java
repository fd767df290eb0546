package gatehouse.redirection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import gatehouse.api.Json;
import gatehouse.core.Ids;
import gatehouse.remote.RemoteApi;
import gatehouse.remote.RemoteApi.Raw;
import gatehouse.remote.RemoteFailure;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** What every service is spoken to with. */
record Line(RemoteApi remote, Access access, Clock clock, Ids ids) {
    private static final int LONGEST_NAME = 12;

    /** @param path added to the service's address */
    HttpRequest.Builder to(String path) throws Refusal {
        return at(access.base() + path);
    }

    HttpRequest.Builder at(String url) throws Refusal {
        try {
            return RemoteApi.to(url);
        } catch (RemoteFailure e) {
            throw new Refusal(Trouble.UNREACHABLE, e.getMessage());
        }
    }

    /** An answer that is neither a refusal of the credentials nor one to be asked for again later. */
    Raw ask(HttpRequest.Builder request) throws Refusal {
        var raw = askForOne(request);
        if (raw.status() == 403) {
            throw new Refusal(Trouble.CREDENTIALS, "It answered 403.");
        }
        return raw;
    }

    /** The same where 403 speaks of the phone, not of the account. */
    Raw askForOne(HttpRequest.Builder request) throws Refusal {
        Raw raw;
        try {
            raw = remote.exchange(request);
        } catch (RemoteFailure e) {
            throw new Refusal(Trouble.UNREACHABLE, e.getMessage());
        }
        if (raw.status() == 401) {
            throw new Refusal(Trouble.CREDENTIALS, "It answered 401.");
        }
        if (raw.status() == 429) {
            throw new Refusal(Trouble.BUSY, "It answered 429.", wait(raw));
        }
        if (raw.status() >= 500) {
            throw new Refusal(Trouble.UNREACHABLE, "It answered " + raw.status() + ".", wait(raw));
        }
        return raw;
    }

    /** RFC 9110 10.2.3, in seconds; a date is not honoured, the box's own patience is long enough. */
    private static Optional<Duration> wait(Raw raw) {
        return raw.headers().firstValue("Retry-After").filter(text -> text.matches("\\d{1,6}")).map(Long::parseLong).map(Duration::ofSeconds);
    }

    /** The JSON in an answer; missing when there is none. */
    static JsonNode tree(Raw raw) {
        try {
            return raw.bytes().length == 0 ? MissingNode.getInstance() : Json.parse(new String(raw.bytes(), StandardCharsets.UTF_8));
        } catch (UncheckedIOException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** RFC 7617. */
    static String basic(String user, String password) {
        return "Basic " + Digests.base64((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    String millis() {
        return Long.toString(clock.millis());
    }

    /** For an entry that all phones share: unlikely to be anybody else's, and the same each time. */
    String sharedName() {
        return "gatehouse-" + Digests.hex("SHA-256", access.account() + " " + access.host()).substring(0, LONGEST_NAME - 2);
    }

    /** What is no answer of this service: somebody stands between. */
    static Refusal unclear() {
        return new Refusal(Trouble.UNREACHABLE, "Its answer makes no sense; something else may answer in its place.");
    }
}
