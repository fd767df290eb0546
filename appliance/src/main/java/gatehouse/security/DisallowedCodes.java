package gatehouse.security;

import gatehouse.core.Problems;
import gatehouse.core.Remembered;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Beginnings of numbers that nobody may call: premium rates and the like. Thread-safe. */
final class DisallowedCodes implements Kind.Rules {
    static final String TABLE = "disallowed_codes";
    private static final String PREFIX = "number_prefix";
    private static final Pattern DIALLABLE = Pattern.compile("\\+?[0-9*#]{1,16}");
    private static final int MOST = 1_000; // each call outside is compared with all of them

    private final Resources codes;
    private final Remembered<List<String>> prefixes;

    DisallowedCodes(Keeping keeping) {
        codes = keeping.of(Kind.of(TABLE, "BLOCK_CODE", "disallowed code", PREFIX).required(PREFIX).unique(PREFIX).most(MOST).rules(this));
        prefixes = new Remembered<>(() -> codes.all(Resources.COMPANY).stream().map(code -> code.text(PREFIX)).toList());
    }

    Resources resources() {
        return codes;
    }

    List<String> all() {
        return prefixes.get();
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        var prefix = draft.text(PREFIX);
        problems.addIf(!prefix.isEmpty() && !DIALLABLE.matcher(prefix).matches(), PREFIX, "pattern",
                PREFIX + " must be the beginning of a number: digits, * and #, with a + before them or not.");
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        tx.afterCommit(prefixes::changed);
    }

    @Override
    public void removing(Tx tx, Resource gone) {
        tx.afterCommit(prefixes::changed);
    }
}
