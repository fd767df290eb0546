package gatehouse.webhooks;

import gatehouse.core.Ids;
import gatehouse.remote.RemoteApi;
import gatehouse.remote.RemoteFailure;
import gatehouse.webhooks.Target.Auth;
import gatehouse.webhooks.WebhookStore.Waiting;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Posts one event at a time. The company may name hosts of its own network, but not this machine nor addresses that mean no host, and is never led on
 * to another by a redirect. Blocks for some twenty seconds at most. Belongs to one thread.
 */
final class Courier {
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private static final Set<String> WEB = Set.of("http", "https");

    /** What came of it. */
    sealed interface Outcome {
        record Taken() implements Outcome { }

        /** @param pause what the receiver asks for, if it does */
        record Failed(String why, Optional<Duration> pause) implements Outcome { }
    }

    private final RemoteApi remote;
    private final boolean toThisMachine;
    private final DigestAccess digest;

    /** @param toThisMachine whether loopback may be posted to: on a box that listens there alone, everybody who reaches it is on this machine */
    Courier(RemoteApi remote, boolean toThisMachine, Ids ids) {
        this.remote = remote;
        this.toThisMachine = toThisMachine;
        this.digest = new DigestAccess(ids);
    }

    Outcome post(Target target, Waiting event) {
        try {
            var uri = URI.create(target.url());
            var fault = fault(uri);
            if (fault.isPresent()) {
                return failed(fault.get());
            }
            var raw = remote.exchange(request(uri, target, event));
            if (raw.status() == 401 && target.auth() == Auth.DIGEST && digest.challenged(raw.headers().allValues("WWW-Authenticate"))) {
                raw = remote.exchange(request(uri, target, event));
            }
            return raw.status() / 100 == 2 ? new Outcome.Taken() : new Outcome.Failed(uri.getHost() + " answered " + raw.status()
                    + (raw.status() / 100 == 3 ? "; redirects are not followed, enter the address itself." : "."), raw.headers().firstValue("Retry-After")
                    .filter(text -> text.matches("\\d{1,6}")).map(text -> Duration.ofSeconds(Long.parseLong(text))));
        } catch (IllegalArgumentException | RemoteFailure e) {
            return failed(e.getMessage());
        }
    }

    private static Outcome failed(String why) {
        return new Outcome.Failed(why, Optional.empty());
    }

    private HttpRequest.Builder request(URI uri, Target target, Waiting event) {
        var request = HttpRequest.newBuilder(uri).timeout(ANSWER).header("Content-Type", "application/json; charset=utf-8").header("User-Agent", "Gatehouse")
                .header("X-Gatehouse-Event", event.type()).header("X-Gatehouse-Delivery", Long.toString(event.number()))
                .POST(BodyPublishers.ofString(event.body()));
        authorization(uri, target).ifPresent(text -> request.header("Authorization", text));
        return request;
    }

    private Optional<String> authorization(URI uri, Target target) {
        return switch (target.auth()) {
            case DISABLE -> Optional.empty();
            case BASIC -> Optional.of("Basic " + Base64.getEncoder().encodeToString((target.username() + ":" + target.password()).getBytes(StandardCharsets.UTF_8)));
            case BEARER -> Optional.of("Bearer " + target.token());
            case DIGEST -> digest.authorization(target.username(), target.password(), "POST",
                    (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath()) + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
        };
    }

    private Optional<String> fault(URI uri) {
        if (uri.getHost() == null || uri.getRawUserInfo() != null || !WEB.contains(uri.getScheme().toLowerCase(Locale.ROOT))) {
            return Optional.of("The address must be one such as https://example.org/events.");
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(uri.getHost())).allMatch(this::isHost) ? Optional.empty()
                    : Optional.of(uri.getHost() + " is this box itself or no host that events could go to.");
        } catch (UnknownHostException e) {
            return Optional.of("There is no host " + uri.getHost() + ".");
        }
    }

    /** Link-local addresses are where clouds keep their machines' secrets. */
    private boolean isHost(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isLinkLocalAddress() && !address.isMulticastAddress() && (toThisMachine || !address.isLoopbackAddress());
    }
}
