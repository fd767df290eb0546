package gatehouse.ipfilters;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address and how many of its leading bits count (RFC 4632); the others are zero. */
record Network(InetAddress address, int prefix) {
    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}(:\\d{1,3}(\\.\\d{1,3}){3})?");

    /** {@code 192.0.2.7}, {@code 192.0.2.0/24}, {@code 2001:db8::/32}; empty when it is none of these. Names are not asked for. */
    static Optional<Network> parse(String cidr) {
        var slash = cidr.indexOf('/');
        var literal = slash < 0 ? cidr : cidr.substring(0, slash);
        if (!IPV4.matcher(literal).matches() && !(literal.contains(":") && IPV6.matcher(literal).matches())) {
            return Optional.empty();
        }
        try {
            var address = InetAddress.ofLiteral(literal);
            var bits = address.getAddress().length * 8;
            var prefix = slash < 0 ? "" + bits : cidr.substring(slash + 1);
            return prefix.matches("\\d{1,3}") && Integer.parseInt(prefix) <= bits ? Optional.of(of(address, Integer.parseInt(prefix))) : Optional.empty();
        } catch (IllegalArgumentException notALiteral) {
            return Optional.empty();
        }
    }

    /** The network of this size that {@code address} is in. */
    static Network of(InetAddress address, int prefix) {
        var bytes = address.getAddress();
        for (int bit = prefix; bit < bytes.length * 8; bit++) {
            bytes[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return new Network(InetAddress.getByAddress(bytes), prefix);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    int bits() {
        return address.getAddress().length * 8;
    }
}
