package gatehouse.sip;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * @param sipPort  UDP and TCP
 * @param sipsPort TLS
 * @param sharesUdp whether a listener on a multicast group may have the UDP port too
 * @param domain   the one domain served, and the digest realm
 * @param keyStore PKCS#12 with the certificate for TLS
 * @param options  asked each time, so that a change holds at once
 */
public record SipSettings(InetAddress bind, int sipPort, int sipsPort, boolean sharesUdp, String domain, Path keyStore, String keyStorePassword,
                          Supplier<SipOptions> options) {
    /** With what can be changed as it usually is. */
    public SipSettings(InetAddress bind, int sipPort, int sipsPort, boolean sharesUdp, String domain, Path keyStore, String keyStorePassword) {
        this(bind, sipPort, sipsPort, sharesUdp, domain, keyStore, keyStorePassword, () -> SipOptions.USUAL);
    }
}
