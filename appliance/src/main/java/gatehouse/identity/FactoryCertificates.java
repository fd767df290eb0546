package gatehouse.identity;

import gatehouse.phones.Phone;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * What the certificate is worth that a phone showed when it connected. That it has the key was proved to TLS; here is asked who signed it, until
 * when, and for which MAC (RFC 5280 6). Makers write the MAC into the common name – alone, or after the model as Cisco does – or else into the
 * serial number or a name beside it. Thread-safe.
 */
public final class FactoryCertificates {
    private static final System.Logger LOG = System.getLogger(FactoryCertificates.class.getName());
    private static final Pattern MAC = Pattern.compile("(?i)(?<![0-9a-f])([0-9a-f]{12}|(?:[0-9a-f]{2}[:\\-]){5}[0-9a-f]{2})(?![0-9a-f])");
    private static final Map<String, String> SERIAL_NUMBER = Map.of("2.5.4.5", "SERIALNUMBER");
    private static final Set<String> DNS_AND_URI = Set.of("2", "6"); // RFC 5280 4.2.1.6

    sealed interface Judged {
        /** It showed none. */
        record None() implements Judged { }

        record Good() implements Judged { }

        /** @param detail whose, until when; empty when the reason says it all */
        record Bad(Refusal why, String detail) implements Judged { }
    }

    private final VendorRoots roots;
    private final Clock clock;

    public FactoryCertificates(VendorRoots roots, Clock clock) {
        this.roots = roots;
        this.clock = clock;
    }

    /** @param chain the phone's own first, as it sent them */
    Judged judge(Phone phone, List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return new Judged.None();
        }
        var own = chain.getFirst();
        var expired = expired(own);
        if (expired.isPresent()) {
            return new Judged.Bad(Refusal.CERTIFICATE_EXPIRED, expired.get());
        }
        var maker = maker(chain);
        if (maker.isEmpty()) {
            return new Judged.Bad(Refusal.CERTIFICATE_UNTRUSTED, own.getIssuerX500Principal().getName());
        }
        if (!maker.get().equals(phone.vendor().toLowerCase(Locale.ROOT))) {
            return new Judged.Bad(Refusal.CERTIFICATE_OTHER_MAKER, "signed by " + maker.get() + ", the phone is of " + phone.vendor());
        }
        var named = macs(own);
        if (named.isEmpty()) {
            return new Judged.Bad(Refusal.CERTIFICATE_NAMELESS, own.getSubjectX500Principal().getName());
        }
        return named.equals(Set.of(phone.mac())) ? new Judged.Good() : new Judged.Bad(Refusal.CERTIFICATE_OTHER_MAC, "it is of " + String.join(", ", named));
    }

    private Optional<String> expired(X509Certificate own) {
        try {
            own.checkValidity(Date.from(clock.instant()));
            return Optional.empty();
        } catch (CertificateExpiredException e) {
            return Optional.of("since " + own.getNotAfter().toInstant());
        } catch (CertificateNotYetValidException e) {
            return Optional.of("it begins at " + own.getNotBefore().toInstant());
        }
    }

    /** Whose root vouches for it. */
    private Optional<String> maker(List<X509Certificate> chain) {
        var known = roots.all();
        if (known.isEmpty()) {
            return Optional.empty();
        }
        try {
            var own = new X509CertSelector();
            own.setCertificate(chain.getFirst());
            var anchors = known.stream().map(root -> new TrustAnchor(root.certificate(), null)).collect(Collectors.toSet());
            var parameters = new PKIXBuilderParameters(anchors, own);
            parameters.setRevocationEnabled(false); // makers' lists are on the internet, where the box may not be
            parameters.setDate(Date.from(clock.instant()));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            var built = (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
            return known.stream().filter(root -> root.certificate().equals(built.getTrustAnchor().getTrustedCert())).map(VendorRoots.Root::vendor).findFirst();
        } catch (CertPathBuilderException e) {
            LOG.log(Level.INFO, "The certificate of " + chain.getFirst().getSubjectX500Principal() + " is not trusted: " + e.getMessage());
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those of the first field that names any. */
    static Set<String> macs(X509Certificate certificate) {
        var fields = new ArrayList<String>();
        try {
            var rdns = new LdapName(certificate.getSubjectX500Principal().getName("RFC2253", SERIAL_NUMBER)).getRdns();
            for (var type : List.of("CN", "SERIALNUMBER")) {
                rdns.stream().filter(rdn -> rdn.getType().equalsIgnoreCase(type)).forEach(rdn -> fields.add(rdn.getValue().toString()));
            }
            var others = certificate.getSubjectAlternativeNames();
            if (others != null) {
                others.stream().filter(name -> DNS_AND_URI.contains(name.get(0).toString())).forEach(name -> fields.add(name.get(1).toString()));
            }
        } catch (InvalidNameException | CertificateParsingException e) {
            LOG.log(Level.INFO, "The names in a certificate cannot be read: " + e.getMessage());
        }
        return fields.stream().map(FactoryCertificates::macs).filter(found -> !found.isEmpty()).findFirst().orElse(Set.of());
    }

    private static Set<String> macs(String text) {
        var all = new LinkedHashSet<String>();
        MAC.matcher(text).results().forEach(found -> all.add(found.group(1).replaceAll("[:\\-]", "").toLowerCase(Locale.ROOT)));
        return all;
    }
}
