package gatehouse.secrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Seals small secrets by AES-256-GCM with a key of the box's own. Thread-safe. */
public final class Sealer {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final SecureRandom random;

    /** Reads the key, or makes it at the first start: readable by its owner alone, on disk before it is used. */
    public Sealer(Path keyFile, SecureRandom random) {
        this.random = random;
        try {
            if (!Files.exists(keyFile)) {
                make(keyFile);
            }
            var bytes = Files.readAllBytes(keyFile);
            if (bytes.length != KEY_BYTES) {
                throw new IllegalStateException("The key file " + keyFile + " is damaged (" + bytes.length + " bytes instead of " + KEY_BYTES
                        + "). Restore it from a backup; without it the phones' passwords cannot be read.");
            }
            key = new SecretKeySpec(bytes, "AES");
        } catch (IOException e) {
            throw new UncheckedIOException("The key file " + keyFile + " cannot be used", e);
        }
    }

    private void make(Path keyFile) throws IOException {
        Files.createDirectories(keyFile.getParent());
        var bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        writeOwnersFile(keyFile, bytes);
    }

    /** Writes a file that its owner alone may read, whole or not at all. */
    public static void writeOwnersFile(Path file, byte[] bytes) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var draft = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".new", ownerOnly);
        try (var channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
            for (var rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
                channel.write(rest);
            }
            channel.force(true);
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        try (var folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            folder.force(true); // or a power cut forgets the new name, and with it every secret sealed since
        }
    }

    /** A password of the box's own for {@code purpose}: always the same, and useless without the key. */
    public String derive(String purpose) {
        try {
            var mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getEncoded(), "HmacSHA256"));
            return java.util.HexFormat.of().formatHex(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public byte[] seal(String secret) {
        var nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        var sealed = run(Cipher.ENCRYPT_MODE, nonce, secret.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.allocate(NONCE_BYTES + sealed.length).put(nonce).put(sealed).array();
    }

    /** @throws IllegalStateException when it was not sealed with this box's key, or was changed since */
    public String open(byte[] sealed) {
        var in = ByteBuffer.wrap(sealed);
        var nonce = new byte[NONCE_BYTES];
        in.get(nonce);
        var rest = new byte[in.remaining()];
        in.get(rest);
        return new String(run(Cipher.DECRYPT_MODE, nonce, rest), StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, byte[] nonce, byte[] bytes) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret cannot be opened: it was sealed with another key, or is damaged", e);
        }
    }
}
