package gatehouse.sip;

import java.net.InetAddress;
import java.nio.file.Path;

/**
 * @param sipPort  UDP and TCP
 * @param sipsPort TLS
 * @param domain   the one domain served, and the digest realm
 * @param keyStore PKCS#12 with the certificate for TLS
 */
public record SipSettings(InetAddress bind, int sipPort, int sipsPort, String domain, Path keyStore, String keyStorePassword) {
}
