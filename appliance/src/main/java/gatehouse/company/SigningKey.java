package gatehouse.company;

import gatehouse.core.Problems;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The certificate and key that calls are signed with (RFC 8225: ECDSA on P-256). */
final class SigningKey {
    private static final byte[] PROBE = {1};

    private SigningKey() {
    }

    /** @param certificate,key PEM; null where there is none */
    static void check(String certificate, String key, Problems problems) {
        var known = certificate == null ? null : certificate(certificate);
        var secret = key == null ? null : key(key);
        problems.addIf(certificate != null && known == null, "stir_shaken_cert", "format", "stir_shaken_cert must be an X.509 certificate in PEM.");
        problems.addIf(key != null && secret == null, "stir_shaken_key", "format",
                "stir_shaken_key must be an elliptic-curve key in PEM, PKCS #8 and without a password (BEGIN PRIVATE KEY).");
        problems.addIf(known != null && secret != null && !fit(known, secret), "stir_shaken_key", "mismatch",
                "stir_shaken_key is not the key of stir_shaken_cert.");
    }

    private static X509Certificate certificate(String pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(
                    new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException notOne) {
            return null;
        }
    }

    private static PrivateKey key(String pem) {
        try {
            var begin = "-----BEGIN PRIVATE KEY-----";
            var end = pem.indexOf("-----END PRIVATE KEY-----");
            return !pem.contains(begin) || end < 0 ? null : KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(
                    Base64.getMimeDecoder().decode(pem.substring(pem.indexOf(begin) + begin.length(), end))));
        } catch (GeneralSecurityException | IllegalArgumentException | StringIndexOutOfBoundsException notOne) {
            return null;
        }
    }

    private static boolean fit(X509Certificate certificate, PrivateKey key) {
        try {
            var signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(key);
            signer.update(PROBE);
            var signed = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(PROBE);
            return signer.verify(signed);
        } catch (GeneralSecurityException otherKinds) {
            return false;
        }
    }
}
