package gatehouse.signin;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The addresses that lead to this box. A link or redirect with a token in it goes nowhere else, whatever a request asks for and whatever
 * Host header it has: both are a stranger's word.
 */
public final class OwnAddresses {
    private final String domain;

    public OwnAddresses(String domain) {
        this.domain = domain;
    }

    /** Whether {@code url} is a page of this box, over HTTPS, or plainly on this very machine. */
    boolean has(String url) {
        try {
            var uri = new URI(url);
            var host = uri.getHost() == null ? "" : uri.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
            var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            var local = Stream.of("localhost", "127.0.0.1", "::1").anyMatch(host::equals);
            return uri.getRawUserInfo() == null && (scheme.equals("https") && (host.equalsIgnoreCase(domain) || local || isInterface(host))
                    || scheme.equals("http") && local);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Asked each time: a box gets other addresses while it runs. */
    private static boolean isInterface(String host) {
        try {
            return NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                    .anyMatch(address -> address.getHostAddress().split("%")[0].equals(host));
        } catch (SocketException e) {
            return false;
        }
    }

    /** {@code url} with one more parameter. */
    static String with(String url, String name, String value) {
        var hash = url.indexOf('#');
        var base = hash < 0 ? url : url.substring(0, hash);
        return base + (base.indexOf('?') < 0 ? "?" : "&") + name + "=" + value + (hash < 0 ? "" : url.substring(hash));
    }
}
