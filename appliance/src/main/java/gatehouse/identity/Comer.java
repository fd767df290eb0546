package gatehouse.identity;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/**
 * Who asks for a phone's files.
 *
 * @param address      where from
 * @param userAgent    what it says it is; empty when it says nothing
 * @param certificates those it showed when it connected, its own first, whose key it has proved; by whom they are signed is not looked at yet
 * @param login        what somebody typed at it
 */
public record Comer(String address, String userAgent, List<X509Certificate> certificates, Optional<Login> login) {
    public Comer(String address, String userAgent) {
        this(address, userAgent, List.of(), Optional.empty());
    }
}
