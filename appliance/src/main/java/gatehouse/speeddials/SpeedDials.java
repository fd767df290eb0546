package gatehouse.speeddials;

import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.numbers.Dialled;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.util.Optional;

/** Both kinds of speed dials, each a user's own. Thread-safe. */
public final class SpeedDials {
    static final String TABLE_8 = "speed_dials_8";
    static final String TABLE_100 = "speed_dials_100";

    private static final Kind.Rules RULES = new Kind.Rules() {
        @Override
        public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
            var number = draft.text("phone_number");
            problems.addIf(!number.isBlank() && !Dialled.isWritten(number), "phone_number", "pattern", "phone_number must be a number that can be dialled.");
        }
    };

    private final Resources eight;
    private final Resources hundred;

    public SpeedDials(Keeping keeping) {
        eight = keeping.of(kind(TABLE_8, 8));
        hundred = keeping.of(kind(TABLE_100, 100));
    }

    private static Kind kind(String table, int codes) {
        return Kind.of(table, "USER", "speed dial", "code").required("code", "phone_number").unique("code").most(codes).rules(RULES);
    }

    Resources eight() {
        return eight;
    }

    Resources hundred() {
        return hundred;
    }

    /** What a code means when its user dials it, as a phone would dial it; a code has one digit or two. */
    public Optional<String> number(String userId, String code) {
        return of(code).all(userId).stream().filter(dial -> dial.text("code").equals(code)).findFirst().map(dial -> Dialled.dialled(dial.text("phone_number")));
    }

    /** As a feature code does it: the number in place of the one there was; without one the code means nothing any more. */
    public void set(Actor actor, String userId, String code, Optional<String> number) {
        if (!code.matches("[2-9]|[0-9]{2}")) {
            throw Problem.invalid("code", "pattern", "A speed dial's code is 2 to 9, or 00 to 99.").raise();
        }
        var dials = of(code);
        dials.write(tx -> {
            var known = dials.all(tx, userId).stream().filter(dial -> dial.text("code").equals(code)).findFirst();
            if (number.isEmpty()) {
                known.ifPresent(dial -> dials.delete(tx, actor, dial));
            } else if (known.isPresent()) {
                dials.update(tx, actor, userId, known.get().id(), Json.object().put("phone_number", number.get()));
            } else {
                dials.create(tx, actor, userId, Json.object().put("code", code).put("phone_number", number.get()));
            }
            return null;
        });
    }

    private Resources of(String code) {
        return code.length() == 1 ? eight : hundred;
    }
}
