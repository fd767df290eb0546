package gatehouse.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** An elliptic-curve key and its certificate, both in PEM, made by the Java runtime's keytool. */
public record SigningPair(String certificate, String key) {
    private static final String PASSWORD = "only-in-tests";

    public static SigningPair make() {
        try {
            var folder = Files.createTempDirectory("gatehouse-pair");
            var store = folder.resolve("pair.p12");
            try {
                var keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias",
                        "pair",
                        "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=box.test", "-validity", "2", "-storetype", "PKCS12", "-keystore",
                        store.toString(), "-storepass", PASSWORD).redirectErrorStream(true).start();
                var said = new String(keytool.getInputStream().readAllBytes());
                if (keytool.waitFor() != 0) {
                    throw new AssertionError(said);
                }
                var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
                return new SigningPair(pem("CERTIFICATE", keys.getCertificate("pair").getEncoded()),
                        pem("PRIVATE KEY", keys.getKey("pair", PASSWORD.toCharArray()).getEncoded()));
            } finally {
                Files.deleteIfExists(store);
                Files.delete(folder);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }
}
