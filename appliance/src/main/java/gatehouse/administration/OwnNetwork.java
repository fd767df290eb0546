package gatehouse.administration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** What the operating system says of the network. Asked anew each time: cables are moved. */
public final class OwnNetwork {
    private static final Path RESOLVER = Path.of("/etc/resolv.conf");
    private static final String SERVER = "nameserver ";

    private final InetAddress bind;
    private final Path resolver;

    /** @param bind the address the box listens on */
    public OwnNetwork(InetAddress bind) {
        this(bind, RESOLVER);
    }

    OwnNetwork(InetAddress bind, Path resolver) {
        this.bind = bind;
        this.resolver = resolver;
    }

    ObjectNode read() {
        var servers = nameServers();
        return Json.object().put("private_ipv4", first(address -> address instanceof Inet4Address))
                .put("private_ipv6", first(address -> address instanceof Inet6Address && !address.isLinkLocalAddress()))
                .put("enable_ipv6", bind instanceof Inet6Address || bind.isAnyLocalAddress())
                .put("primary_dns_server", servers.isEmpty() ? null : servers.getFirst()).put("secondary_dns_server", servers.size() < 2 ? null : servers.get(1));
    }

    private String first(Predicate<InetAddress> wanted) {
        try {
            return NetworkInterface.networkInterfaces().filter(OwnNetwork::isUp).flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress()).filter(wanted).findFirst()
                    .map(address -> address.getHostAddress().split("%")[0]).orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private static boolean isUp(NetworkInterface device) {
        try {
            return device.isUp() && !device.isLoopback();
        } catch (IOException e) {
            return false;
        }
    }

    private List<String> nameServers() {
        try (var lines = Files.lines(resolver)) {
            return lines.map(String::strip).filter(line -> line.startsWith(SERVER)).map(line -> line.substring(SERVER.length()).strip()).limit(2).toList();
        } catch (IOException none) {
            return List.of();
        }
    }

    static boolean isAddress(String text, boolean six) {
        try {
            return InetAddress.ofLiteral(text) instanceof Inet6Address == six && (six || text.matches("\\d{1,3}(\\.\\d{1,3}){3}"));
        } catch (IllegalArgumentException notALiteral) {
            return false;
        }
    }
}
