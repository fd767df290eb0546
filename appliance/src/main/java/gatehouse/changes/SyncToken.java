package gatehouse.changes;

import gatehouse.secrets.Sealer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/**
 * How far a client is. It travels sealed, so nobody reads positions from it or makes one up, and nothing has to be stored.
 *
 * @param userId whose it is
 * @param name   what it follows
 * @param base   objects made after this position are new to the client
 * @param cursor it was told of all changes up to here
 * @param floor  deletions up to here do not matter to it: it was told, or began later
 * @param from   epoch milliseconds it was asked to begin at; the least long for all
 */
record SyncToken(String userId, String name, long base, long cursor, long floor, long from) {
    private static final String PURPOSE = "sync 1"; // other secrets are sealed with the same key
    private static final int LONGEST = 1024;
    private static final int SHORTEST_SEAL = 28; // nonce and tag
    private static final HexFormat HEX = HexFormat.of();

    /** Numbers have one width, so that not even the length tells how many changes there were. */
    String sealed(Sealer sealer) {
        var text = String.join("\n", PURPOSE, userId, name, HEX.toHexDigits(base), HEX.toHexDigits(cursor), HEX.toHexDigits(floor), HEX.toHexDigits(from));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealer.seal(text));
    }

    /** Empty for anything that this box did not make. */
    static Optional<SyncToken> open(Sealer sealer, String token) {
        try {
            var bytes = Base64.getUrlDecoder().decode((token.length() > LONGEST ? "" : token).getBytes(StandardCharsets.UTF_8));
            if (bytes.length <= SHORTEST_SEAL) {
                return Optional.empty();
            }
            var parts = sealer.open(bytes).split("\n");
            return parts.length == 7 && parts[0].equals(PURPOSE)
                    ? Optional.of(new SyncToken(parts[1], parts[2], number(parts[3]), number(parts[4]), number(parts[5]), number(parts[6]))) : Optional.empty();
        } catch (IllegalArgumentException | IllegalStateException notOurs) {
            return Optional.empty();
        }
    }

    private static long number(String hex) {
        return HexFormat.fromHexDigitsToLong(hex);
    }
}
