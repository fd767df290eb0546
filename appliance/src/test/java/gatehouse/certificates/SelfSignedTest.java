package gatehouse.certificates;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.junit.jupiter.api.Test;

class SelfSignedTest {
    @Test
    void others_can_read_it_and_it_vouches_for_itself() throws Exception {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var keys = generator.generateKeyPair();
        var from = Instant.parse("2026-01-02T03:04:05Z");
        var serial = new BigInteger("9223372036854775807");
        var der = SelfSigned.make("Gatehouse büro.test", keys, serial, from, from.plusSeconds(86_400));
        var certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        certificate.verify(keys.getPublic());
        certificate.checkValidity(Date.from(from.plusSeconds(1)));
        assertEquals("CN=Gatehouse büro.test", certificate.getSubjectX500Principal().getName());
        assertEquals(certificate.getSubjectX500Principal(), certificate.getIssuerX500Principal());
        assertEquals(serial, certificate.getSerialNumber());
        assertEquals(3, certificate.getVersion());
        assertEquals(from, certificate.getNotBefore().toInstant());
        assertEquals("SHA256withRSA", certificate.getSigAlgName());
        assertEquals(keys.getPublic(), certificate.getPublicKey());
    }
}
