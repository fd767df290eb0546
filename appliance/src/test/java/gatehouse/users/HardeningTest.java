package gatehouse.users;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import gatehouse.secrets.Passwords;
import gatehouse.testkit.Workbench;
import gatehouse.users.UserStore.Row;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A password that was hashed cheaply, because it came with many others, or that an older Gatehouse hashed. */
class HardeningTest {
    @TempDir
    Path folder;

    @Test
    void the_first_sign_in_hashes_it_as_dearly_as_a_new_one_and_ends_none() {
        try (var bench = new Workbench(folder, Clock.systemUTC(), "101")) {
            var passwords = new Passwords(new SecureRandom(), 1_000); // as the bench's users hash theirs
            var cheap = passwords.hashCheaply("correct horse");
            bench.store.write(tx -> tx.run("UPDATE users SET password_hash = ? WHERE id = 'id101'", cheap));
            bench.users.remember(bench.users.row("id101").orElseThrow().withPassword(new Row.Password(cheap, 1, false)));
            assertTrue(bench.users.authenticate("user101", "wrong").isEmpty());
            assertEquals(cheap, hash(bench), "a wrong guess changes nothing");
            assertTrue(bench.users.authenticate("user101", "correct horse").isPresent());
            assertFalse(passwords.isCheap(hash(bench)));
            assertEquals(hash(bench), bench.store.read(tx -> tx.one("SELECT password_hash FROM users", row -> row.getString("password_hash"))).orElseThrow());
            assertEquals(1, bench.users.passwordVersion("id101"), "so that no sign-in ends");
            var dear = hash(bench);
            assertTrue(bench.users.authenticate("user101", "correct horse").isPresent());
            assertEquals(dear, hash(bench), "once is enough");
        }
    }

    private static String hash(Workbench bench) {
        return bench.users.row("id101").orElseThrow().password().hash();
    }
}
