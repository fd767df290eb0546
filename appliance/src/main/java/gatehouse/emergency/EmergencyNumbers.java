package gatehouse.emergency;

import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.core.Remembered;
import gatehouse.numbering.Dialled;
import gatehouse.numbers.NumberKind;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The emergency numbers of the place where the box stands. Thread-safe. */
public final class EmergencyNumbers implements Kind.Rules {
    static final String TABLE = "emergency_numbers";
    private static final String PREFIX = "number_prefix";
    private static final Pattern DIALLABLE = Pattern.compile("\\+?[0-9*#]{2,64}");
    private static final Pattern EXTENSION = Pattern.compile("[0-9]{3,64}");
    /** Short codes have up to six digits (ITU-T E.129, the European 116xxx): what is longer and begins like one is somebody's own number. */
    private static final int LONGEST_SHORT_CODE = 6;
    private static final int MOST = 100;

    private final Keeping keeping;
    private final Resources numbers;
    private final Remembered<List<String>> prefixes;

    public EmergencyNumbers(Keeping keeping) {
        this.keeping = keeping;
        this.numbers = keeping.of(Kind.of(TABLE, "EMERGENCY_NUMBER", "emergency number", PREFIX).required(PREFIX).unique(PREFIX).most(MOST)
                .rules(this));
        this.prefixes = new Remembered<>(() -> numbers.all(Resources.COMPANY).stream().map(number -> number.text(PREFIX)).toList());
    }

    Resources resources() {
        return numbers;
    }

    /** As they are set; for {@link #among}. */
    public List<String> all() {
        return prefixes.get();
    }

    /** Whether a dialled number calls for help: one of {@code emergency}, or a short code that begins like one. */
    public static boolean among(List<String> emergency, String dialled) {
        var number = Dialled.plain(dialled);
        return emergency.stream().anyMatch(prefix -> number.equals(prefix) || number.startsWith(prefix) && number.length() <= LONGEST_SHORT_CODE);
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        var number = draft.text(PREFIX);
        problems.addIf(!number.isEmpty() && !DIALLABLE.matcher(number).matches(), PREFIX, "pattern",
                PREFIX + " must be a number to dial: at least two of digits, * and #.");
        keeping.numbers().release(tx, draft.id());
        if (EXTENSION.matcher(number).matches()) {
            problems.add(keeping.numbers().claim(tx, number, NumberKind.SERVICE, draft.id(), "Emergency call " + number)
                    .map(taken -> Problem.conflict(PREFIX, taken.message())));
        }
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        tx.afterCommit(prefixes::changed);
    }

    @Override
    public void removing(Tx tx, Resource gone) {
        tx.afterCommit(prefixes::changed);
        keeping.numbers().release(tx, gone.id());
    }
}
