package gatehouse.sip;

import java.net.InetSocketAddress;

/**
 * The way a request came, and the way back to who sent it: behind a NAT or over TCP and TLS, no other way leads there (RFC 5626 in spirit).
 *
 * @param transport {@code UDP}, {@code TCP} or {@code TLS}
 * @param host      the source's address, a literal
 */
public record Flow(String transport, String host, int port) {
    public InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }
}
