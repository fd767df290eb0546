package gatehouse.secrets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final int FEW = 10;
    private final SecureRandom random = new SecureRandom();

    @TempDir
    Path folder;

    private Sealer sealer() {
        return new Sealer(folder.resolve("keys/box.key"), random);
    }

    @Test
    void what_is_sealed_is_opened_after_a_restart() {
        var sealed = sealer().seal("grüße 101");
        assertEquals("grüße 101", sealer().open(sealed));
    }

    @Test
    void the_same_secret_never_looks_the_same_twice() {
        assertFalse(Arrays.equals(sealer().seal("secret"), sealer().seal("secret")));
    }

    @Test
    void the_key_is_for_its_owner_alone() throws IOException {
        sealer();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("keys/box.key"))));
        try (var files = Files.list(folder.resolve("keys"))) {
            assertEquals(1, files.count(), "no draft is left behind");
        }
    }

    @Test
    void a_secret_with_any_bit_turned_is_refused() {
        var sealer = sealer();
        var sealed = sealer.seal("secret");
        for (int i = 0; i < sealed.length; i++) {
            var changed = sealed.clone();
            changed[i] ^= 1;
            assertThrows(IllegalStateException.class, () -> sealer.open(changed));
        }
        assertEquals("secret", sealer.open(sealed));
    }

    @Test
    void a_key_that_was_cut_short_is_refused_with_the_cure() throws IOException {
        sealer();
        Files.write(folder.resolve("keys/box.key"), new byte[7]);
        assertTrue(assertThrows(IllegalStateException.class, this::sealer).getMessage().contains("backup"));
        assertArrayEquals(new byte[7], Files.readAllBytes(folder.resolve("keys/box.key")), "and left as it is");
    }

    @Test
    void a_password_fits_its_hash_and_no_other() {
        var passwords = new Passwords(random, FEW);
        var hash = passwords.hash("correct horse");
        assertTrue(passwords.matches("correct horse", hash));
        assertFalse(passwords.matches("correct horsf", hash));
        assertFalse(passwords.matches("", hash));
        assertNotEquals(hash, passwords.hash("correct horse"), "each has a salt of its own");
    }

    @Test
    void a_hash_made_at_another_cost_still_fits() {
        var hash = new Passwords(random, FEW).hash("correct horse");
        assertTrue(new Passwords(random, FEW + 1).matches("correct horse", hash));
    }

    @Test
    void nobody_has_no_password() {
        assertFalse(new Passwords(random, FEW).matchesNobody("no password has this hash"));
    }

    @Test
    void a_cheap_hash_holds_and_is_known_for_what_it_is() {
        var passwords = new Passwords(random, 40 * FEW);
        var cheap = passwords.hashCheaply("correct horse");
        assertTrue(cheap.startsWith("pbkdf2-sha256$" + 2 * FEW + "$"), cheap);
        assertTrue(passwords.matches("correct horse", cheap));
        assertTrue(passwords.isCheap(cheap));
        assertFalse(passwords.isCheap(passwords.hash("correct horse")));
    }

    @Test
    void the_shipped_cost_is_no_less_than_the_floor() {
        assertTrue(new Passwords(random).hash("x").startsWith("pbkdf2-sha256$600000$"));
    }
}
