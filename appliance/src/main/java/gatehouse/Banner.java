package gatehouse;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/** What the terminal shows when the box is ready. */
final class Banner {
    private Banner() {
    }

    static String text(Config config, String fingerprint, Optional<String> password) {
        var text = new StringBuilder("\nGatehouse is ready.\n\n  Sign in at   https://" + host(config.bind()) + ":" + config.httpsPort() + "\n  Name         admin\n");
        password.ifPresentOrElse(made -> text.append("  Password     ").append(made).append("   (shown this once: keep it)\n"),
                () -> text.append("  Password     the one you set\n"));
        return text.append("  Certificate  SHA-256 ").append(fingerprint).append("\n\n").toString();
    }

    /** An address somebody else on the network can use. */
    private static String host(InetAddress bind) {
        if (!bind.isAnyLocalAddress()) {
            return literal(bind);
        }
        try {
            return NetworkInterface.networkInterfaces().filter(Banner::isUp).flatMap(NetworkInterface::inetAddresses)
                    .filter(InetAddress::isSiteLocalAddress).findFirst().map(Banner::literal).orElse("localhost");
        } catch (SocketException e) {
            return "localhost";
        }
    }

    private static boolean isUp(NetworkInterface device) {
        try {
            return device.isUp() && !device.isLoopback() && !device.isVirtual();
        } catch (SocketException e) {
            return false;
        }
    }

    private static String literal(InetAddress address) {
        var text = address.getHostAddress().split("%")[0];
        return text.indexOf(':') < 0 ? text : "[" + text + "]";
    }
}
