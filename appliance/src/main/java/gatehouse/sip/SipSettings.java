package gatehouse.sip;

import java.net.InetAddress;
import java.nio.file.Path;

/**
 * @param sipPort  UDP and TCP
 * @param sipsPort TLS
 * @param sharesUdp whether a listener on a multicast group may have the UDP port too
 * @param domain   the one domain served, and the digest realm
 * @param keyStore PKCS#12 with the certificate for TLS
 */
public record SipSettings(InetAddress bind, int sipPort, int sipsPort, boolean sharesUdp, String domain, Path keyStore, String keyStorePassword) {
}
