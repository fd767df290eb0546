package gatehouse.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A maker of phones with a root certificate of its own, by which it signs those of its phones; the JDK's keytool does the work. */
public final class PhoneMaker implements AutoCloseable {
    private static final String PASSWORD = "only-for-tests";
    private static final AtomicInteger MADE = new AtomicInteger();

    private final Path folder;
    private final Path store;

    public PhoneMaker(String name) {
        try {
            folder = Files.createTempDirectory("gatehouse-maker");
            store = folder.resolve("maker.p12");
            keytool("root", "CN=" + name + " Root CA", "-ext", "bc:c", "-ext", "KeyUsage=keyCertSign", "-validity", "3650");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void keytool(String alias, String dname, String... more) {
        try {
            var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", alias,
                    "-keyalg", "RSA", "-keysize", "2048", "-dname", dname, "-storetype", "PKCS12", "-keystore", store.toString(), "-storepass", PASSWORD));
            command.addAll(List.of(more));
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes());
            if (process.waitFor() != 0) {
                throw new AssertionError(said);
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private KeyStore keys() {
        try {
            return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** What an administrator gets from the maker. */
    public String root() {
        try {
            return pem("CERTIFICATE", keys().getCertificate("root").getEncoded());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** A phone with a certificate. @param subject such as CN=001565AABBCC; @param more keytool's options, such as -startdate */
    public Made phone(String subject, String... more) {
        var alias = "phone" + MADE.incrementAndGet();
        var options = new ArrayList<>(List.of("-signer", "root"));
        options.addAll(List.of(more));
        if (!options.contains("-validity")) {
            options.addAll(List.of("-validity", "3650"));
        }
        keytool(alias, subject, options.toArray(String[]::new));
        return new Made(alias);
    }

    /** One phone, and the key that no other has. */
    public final class Made {
        private final String alias;

        private Made(String alias) {
            this.alias = alias;
        }

        /** Shows the certificate to whoever asks; trusts every box. @param from the address it has */
        public HttpClient http(String from) {
            try {
                var own = KeyStore.getInstance("PKCS12");
                own.load(null, null);
                own.setKeyEntry("own", keys().getKey(alias, PASSWORD.toCharArray()), PASSWORD.toCharArray(), keys().getCertificateChain(alias));
                var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                managers.init(own, PASSWORD.toCharArray());
                var context = SSLContext.getInstance("TLS");
                context.init(managers.getKeyManagers(), new TrustManager[] {ApiClient.trustingEverybody()}, null);
                return HttpClient.newBuilder().sslContext(context).localAddress(InetAddress.getByName(from)).build();
            } catch (IOException | GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        /** Certificate and key in one file, as curl reads them. */
        public Path pemFile() {
            try {
                return Files.writeString(folder.resolve(alias + ".pem"), pem("CERTIFICATE", keys().getCertificate(alias).getEncoded())
                        + pem("PRIVATE KEY", keys().getKey(alias, PASSWORD.toCharArray()).getEncoded()));
            } catch (IOException | GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder(64, "\n".getBytes()).encodeToString(bytes) + "\n-----END " + what + "-----\n";
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
