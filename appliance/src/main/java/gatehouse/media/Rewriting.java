package gatehouse.media;

import gatehouse.media.SessionDescription.Stream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream.Builder;

/** Makes one leg's session description the box's own, for the other leg. Stateless but for the version it counts. */
final class Rewriting {
    /** What would lead media past the box, or needs keys we do not hold. */
    private static final List<String> LEFT_OUT = List.of("a=candidate:", "a=ice-", "a=remote-candidates:", "a=end-of-candidates", "a=rtcp:",
            "a=rtcp-mux", "a=crypto:", "a=fingerprint:", "a=setup:", "a=group:", "a=mid:", "b=");

    private final long origin;
    private long version;
    private SessionDescription last;

    /** @param origin the session id of the o= line; the same for all descriptions a phone gets within a dialog */
    Rewriting(long origin) {
        this.origin = origin;
        this.version = origin;
    }

    /**
     * The same description with the box's address and {@code port}; streams we do not carry are refused with port 0, so that the
     * number of m= lines stays what the offer had (RFC 3264 6).
     */
    SessionDescription apply(SessionDescription from, Stream audio, InetAddress advertised, int port) {
        var address = (advertised instanceof Inet6Address ? "IN IP6 " : "IN IP4 ") + advertised.getHostAddress().split("%")[0];
        var sent = rewritten(from, audio, address, port);
        if (!sent.equals(last)) {
            version++; // only with what it says: the answers of a 183 and of its 200 are one (RFC 3264 8, RFC 6337 3.1.1)
            sent = rewritten(from, audio, address, port);
            last = sent;
        }
        return sent;
    }

    private SessionDescription rewritten(SessionDescription from, Stream audio, String address, int port) {
        var session = new ArrayList<String>();
        for (var line : from.session()) {
            if (line.startsWith("o=")) {
                session.add("o=- " + origin + " " + version + " " + address);
            } else if (line.startsWith("c=")) {
                session.add("c=" + (unspecified(line) ? line.substring(2) : address));
            } else if (!leftOut(line)) {
                session.add(line);
            }
        }
        return new SessionDescription(session, from.streams().stream()
                .map(stream -> stream == audio ? carried(stream, address, port) : refused(stream)).toList());
    }

    private static Stream carried(Stream stream, String address, int port) {
        var media = stream.media();
        media[1] = Integer.toString(port);
        Builder<String> lines = java.util.stream.Stream.<String>builder().add("m=" + String.join(" ", media));
        for (var line : stream.lines().subList(1, stream.lines().size())) {
            if (line.startsWith("c=")) {
                lines.add("c=" + (unspecified(line) ? line.substring(2) : address));
            } else if ((line.startsWith("a=") || line.startsWith("i=")) && !leftOut(line)) {
                lines.add(line);
            }
        }
        return new Stream(lines.build().toList());
    }

    private static Stream refused(Stream stream) {
        var media = stream.media();
        media[1] = "0";
        return new Stream(List.of("m=" + String.join(" ", media)));
    }

    private static boolean unspecified(String connection) {
        return connection.endsWith(" 0.0.0.0") || connection.endsWith(" ::");
    }

    private static boolean leftOut(String line) {
        return LEFT_OUT.stream().anyMatch(line::startsWith);
    }
}
