package gatehouse.identity;

import gatehouse.core.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The certificates by which makers sign those of their phones: PEM files in a folder of the data directory, named after the maker, such as
 * {@code yealink.pem} or {@code yealink-2.pem}. What is put there by hand counts at once, as what comes over the API does. Each vouches for its
 * maker's phones alone. Thread-safe.
 */
public final class VendorRoots {
    private static final System.Logger LOG = System.getLogger(VendorRoots.class.getName());
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_.]{0,39}(-[a-z0-9_.-]{1,40})?");
    private static final Pattern VENDOR = Pattern.compile("[a-z0-9][a-z0-9_.]{0,39}");
    private static final int MOST = 100; // makers have one to four each
    private static final long LARGEST = 256 << 10;

    /** @param name of the file without {@code .pem}; @param vendor its first word */
    public record Root(String name, String vendor, X509Certificate certificate) {
        /** SHA-256, as browsers show it. */
        public String fingerprint() {
            return VendorRoots.fingerprint(certificate);
        }
    }

    private record Seen(String stamp, List<Root> roots) { }

    private final Path folder;
    private Seen seen = new Seen("", List.of());

    public VendorRoots(Path folder) {
        this.folder = folder;
    }

    /** By name. The folder is looked at each time, its files are read when one changed. */
    public synchronized List<Root> all() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            var all = files.filter(file -> NAME.matcher(name(file)).matches() && file.toString().endsWith(".pem")).sorted().limit(MOST).toList();
            var stamp = stamp(all);
            if (!stamp.equals(seen.stamp)) {
                seen = new Seen(stamp, all.stream().flatMap(file -> read(file).stream()).toList());
            }
            return seen.roots;
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.WARNING, "The makers' root certificates in " + folder + " cannot be read: " + e.getMessage());
            return seen.roots;
        }
    }

    private static String stamp(List<Path> files) throws IOException {
        var stamp = new StringBuilder();
        for (var file : files) {
            stamp.append(file.getFileName()).append(' ').append(Files.getLastModifiedTime(file).toMillis()).append(' ').append(Files.size(file)).append('\n');
        }
        return stamp.toString();
    }

    private static String name(Path file) {
        return file.getFileName().toString().replaceFirst("\\.pem$", "");
    }

    private static List<Root> read(Path file) {
        try (var in = Files.newInputStream(file)) {
            if (Files.size(file) > LARGEST) {
                throw new IOException("it is larger than " + (LARGEST >> 10) + " KB");
            }
            return certificates(in).stream().map(certificate -> new Root(name(file), name(file).split("-")[0], certificate)).toList();
        } catch (IOException | GeneralSecurityException e) {
            LOG.log(Level.WARNING, file.getFileName() + " holds no certificate in PEM and vouches for nobody: " + e.getMessage());
            return List.of();
        }
    }

    private static List<X509Certificate> certificates(InputStream in) throws GeneralSecurityException {
        var all = new ArrayList<X509Certificate>();
        for (var one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
            all.add((X509Certificate) one);
        }
        return all;
    }

    /** @return its name; @throws gatehouse.core.ProblemException when it is none, or there already */
    public synchronized String add(String vendor, String pem) {
        var maker = vendor.toLowerCase(Locale.ROOT);
        if (!VENDOR.matcher(maker).matches()) {
            throw Problem.invalid("vendor", "pattern", "vendor must be a maker's name as its templates have it, such as yealink.").raise();
        }
        var fresh = parsed(pem);
        var all = all();
        for (var one : fresh) {
            all.stream().filter(root -> root.certificate().equals(one)).findFirst().ifPresent(root -> {
                throw Problem.conflict("pem", "This certificate is here already, as " + root.name() + ".").raise();
            });
        }
        if (all.size() + fresh.size() > MOST) {
            throw Problem.conflict("pem", MOST + " certificates are here, which is the most; remove one that is not needed.").raise();
        }
        var name = maker + "-" + fingerprint(fresh.getFirst()).replace(":", "").substring(0, 8).toLowerCase(Locale.ROOT);
        try {
            Files.createDirectories(folder);
            var draft = Files.createTempFile(folder, "new", "");
            Files.writeString(draft, pem, StandardCharsets.US_ASCII);
            Files.move(draft, folder.resolve(name + ".pem"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("The certificate could not be kept: " + e.getMessage(), e);
        }
        return name;
    }

    private static List<X509Certificate> parsed(String pem) {
        try {
            var all = pem.length() > LARGEST || !pem.chars().allMatch(c -> c < 128) ? List.<X509Certificate>of()
                    : certificates(new java.io.ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
            if (!all.isEmpty()) {
                return all;
            }
        } catch (GeneralSecurityException e) {
            LOG.log(Level.DEBUG, "No certificate: " + e.getMessage());
        }
        throw Problem.invalid("pem", "format", "pem must be one or more certificates in PEM (-----BEGIN CERTIFICATE-----), no private key and no PKCS#12.").raise();
    }

    /** @throws gatehouse.core.ProblemException when there is none of that name */
    public synchronized void remove(String name) {
        try {
            if (!NAME.matcher(name).matches() || !Files.deleteIfExists(folder.resolve(name + ".pem"))) {
                throw Problem.notFound("vendor root").raise();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The certificate could not be removed: " + e.getMessage(), e);
        }
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
