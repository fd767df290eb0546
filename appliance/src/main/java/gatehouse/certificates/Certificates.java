package gatehouse.certificates;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * A self-made certificate, made once by the Java runtime's own keytool and kept as PKCS#12 beside the box's key.
 * The store's password guards nothing that the file's permissions do not: whoever reads the file reads the folder.
 */
public final class Certificates {
    private static final String ALIAS = "gatehouse";
    // RSA, because many phones' TLS knows no elliptic certificates.
    private static final int DAYS = 3650; // it cannot renew itself on a box without a clock battery
    /** The password is a key, not a word: hashing it 10,000 times protects nothing and would cost a third of every start. */
    private static final List<String> UNSTRETCHED = Stream.of("keyPbeIterationCount", "certPbeIterationCount", "macIterationCount")
            .map(count -> "-J-Dkeystore.pkcs12." + count + "=1").toList();

    private final Path file;
    private final String password;
    private final Clock clock;
    private KeyStore store;

    /**
     * @param folder   where the store is kept
     * @param password the store's password: a derived key, since it is not stretched
     * @param domain   goes into the certificate beside the box's addresses
     */
    public Certificates(Path folder, String password, String domain, Clock clock) {
        this.clock = clock;
        this.file = folder.resolve("certificate.p12");
        this.password = password;
        try {
            if (!Files.exists(file)) {
                make(folder, domain);
            }
            store = KeyStore.getInstance(file.toFile(), password.toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException("The certificate " + file + " cannot be used: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificate " + file + " is damaged; remove it and start again to make another", e);
        }
    }

    private void make(Path folder, String domain) throws IOException {
        Files.createDirectories(folder);
        var draft = folder.resolve("certificate.new");
        Files.deleteIfExists(draft);
        var command = Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool").toString()), UNSTRETCHED.stream());
        var arguments = List.of("-genkeypair", "-alias", ALIAS,
                "-keyalg", "RSA", "-keysize", "2048", "-sigalg", "SHA256withRSA", "-validity", Integer.toString(DAYS),
                "-dname", "CN=" + domain + ", O=Gatehouse", "-ext", "SAN=" + String.join(",", names(domain)),
                "-storetype", "PKCS12", "-keystore", draft.toString(), "-storepass:env", "GATEHOUSE_STORE_PASSWORD");
        var builder = new ProcessBuilder(Stream.concat(command, arguments.stream()).toList()).redirectErrorStream(true);
        builder.environment().put("GATEHOUSE_STORE_PASSWORD", password);
        run(builder);
        Files.setPosixFilePermissions(draft, PosixFilePermissions.fromString("rw-------"));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void run(ProcessBuilder builder) throws IOException {
        var process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroy();
                throw new IOException("keytool made no certificate: " + new String(process.getInputStream().readAllBytes()).strip());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while making the certificate", e);
        }
    }

    /** The domain, localhost and every address the box has now. */
    private static List<String> names(String domain) throws IOException {
        var names = new ArrayList<>(List.of("dns:" + domain, "dns:localhost"));
        for (var device : NetworkInterface.networkInterfaces().toList()) {
            device.inetAddresses().map(address -> address.getHostAddress().split("%")[0]).forEach(address -> names.add("ip:" + address));
        }
        return names;
    }

    /** The certificate that serves from the next start on, and those above it, as PEM. */
    public synchronized String pem() {
        try {
            return Pem.text(List.of(store.getCertificateChain(ALIAS)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Keeps another certificate, which serves from the next start on.
     *
     * @param crt the certificate and those above it; @param key its private key (PKCS#8), both as PEM
     * @throws IllegalArgumentException when they are not valid or do not belong together, with words for who sent them
     */
    public synchronized void replace(String crt, String key) {
        var chain = Pem.chain(crt, Date.from(clock.instant()));
        var draft = file.resolveSibling("certificate.new");
        try {
            var next = KeyStore.getInstance("PKCS12");
            next.load(null, null);
            next.setKeyEntry(ALIAS, Pem.key(key, chain.getFirst().getPublicKey()), password.toCharArray(), chain.toArray(Certificate[]::new));
            Files.deleteIfExists(draft);
            Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try (var out = Files.newOutputStream(draft)) {
                next.store(out, password.toCharArray());
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            store = next;
        } catch (IOException e) {
            throw new UncheckedIOException("The certificate could not be kept: " + e.getMessage(), e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("The certificate cannot be used: " + e.getMessage(), e);
        }
    }

    public Path file() {
        return file;
    }

    public String password() {
        return password;
    }

    /** For servers; clients are not asked for a certificate. */
    public SSLContext context() {
        return context(null);
    }

    /**
     * For servers that ask clients for a certificate and judge themselves what it is worth: whoever shows one has proved its key, and that is all.
     * Nobody's name is named as a signer that would do, so that clients show what they have.
     */
    public SSLContext askingContext() {
        return context(new TrustManager[] {new AnyClient()});
    }

    private SSLContext context(TrustManager[] trust) {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, password.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The certificate " + file + " cannot be used", e);
        }
    }

    /** SHA-256 of the certificate, as browsers show it. */
    public String fingerprint() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(store.getCertificate(ALIAS).getEncoded());
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
