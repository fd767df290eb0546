package gatehouse.certificates;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;

/** Certificates and keys as text (RFC 7468). */
final class Pem {
    private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    private Pem() {
    }

    static String text(List<Certificate> chain) throws GeneralSecurityException {
        var text = new StringBuilder();
        for (var certificate : chain) {
            text.append("-----BEGIN CERTIFICATE-----\n").append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded()))
                    .append("\n-----END CERTIFICATE-----\n");
        }
        return text.toString();
    }

    /** The server's own first, as servers send them. @throws IllegalArgumentException with words for who sent it */
    static List<X509Certificate> chain(String text, Date now) {
        try {
            var chain = new ArrayList<X509Certificate>();
            for (var one : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))) {
                chain.add((X509Certificate) one);
            }
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("crt must be one or more certificates in PEM.");
            }
            chain.getFirst().checkValidity(now);
            for (int i = 1; i < chain.size(); i++) {
                chain.get(i - 1).verify(chain.get(i).getPublicKey());
            }
            return chain;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("crt must be valid certificates in PEM, each signed by the one after it: " + e.getMessage(), e);
        }
    }

    /** @throws IllegalArgumentException with words for who sent it, and nothing of the key */
    static PrivateKey key(String text, PublicKey fits) {
        var matcher = KEY.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("key must be a private key in PEM (PKCS#8), without a password.");
        }
        try {
            var key = KeyFactory.getInstance(fits.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1))));
            if (!belongTogether(key, fits)) {
                throw new IllegalArgumentException("key is not the key of this certificate.");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("key is not the key of this certificate.", e);
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey fits) throws GeneralSecurityException {
        var algorithm = fits.getAlgorithm().equals("RSA") ? "SHA256withRSA" : fits.getAlgorithm().equals("EC") ? "SHA256withECDSA" : fits.getAlgorithm();
        var proof = "do they belong together".getBytes(StandardCharsets.US_ASCII);
        var signer = Signature.getInstance(algorithm);
        signer.initSign(key);
        signer.update(proof);
        var signed = signer.sign();
        signer.initVerify(fits);
        signer.update(proof);
        return signer.verify(signed);
    }
}
