package gatehouse.resources;

import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.numbers.NumberKind;
import gatehouse.store.Store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What sets one kind of resource apart.
 *
 * @param table      where it is kept: columns id, owner, document, secrets, created_at, updated_at, and what its migration generates from these
 * @param objectType the audit log's word, {@code RING_GROUP}
 * @param noun       in a message, {@code ring group}
 * @param name       the field that names one to a person; also its label as the owner of a number
 * @param required   fields that must be there and not null
 * @param unique     fields whose value no other of the same owner has, case ignored; the migration has an index on each
 * @param secrets    fields that are sealed, never audited, and only given by {@link Resources#secret}
 * @param number     what its {@code extension_number} belongs to; empty when it has none
 * @param most       how many one owner may have, so that a script gone wild does not fill the box
 * @param isPrivate  the audit log tells that one changed, by its id, and nothing of what it says
 */
public record Kind(String table, String objectType, String noun, String name, List<String> required, List<String> unique, Set<String> secrets,
                   Optional<NumberKind> number, int most, boolean isPrivate, Rules rules) {
    public static Kind of(String table, String objectType, String noun, String name) {
        return new Kind(table, objectType, noun, name, List.of(), List.of(), Set.of(), Optional.empty(), 10_000, false, new Rules() { });
    }

    public Kind required(String... fields) {
        return new Kind(table, objectType, noun, name, List.of(fields), unique, secrets, number, most, isPrivate, rules);
    }

    public Kind unique(String... fields) {
        return new Kind(table, objectType, noun, name, required, List.of(fields), secrets, number, most, isPrivate, rules);
    }

    public Kind secrets(String... fields) {
        return new Kind(table, objectType, noun, name, required, unique, Set.of(fields), number, most, isPrivate, rules);
    }

    public Kind numbered(NumberKind kind) {
        return new Kind(table, objectType, noun, name, required, unique, secrets, Optional.of(kind), most, isPrivate, rules);
    }

    public Kind most(int count) {
        return new Kind(table, objectType, noun, name, required, unique, secrets, number, count, isPrivate, rules);
    }

    public Kind keptPrivate() {
        return new Kind(table, objectType, noun, name, required, unique, secrets, number, most, true, rules);
    }

    public Kind rules(Rules own) {
        return new Kind(table, objectType, noun, name, required, unique, secrets, number, most, isPrivate, own);
    }

    Problem missing() {
        return Problem.notFound(noun);
    }

    /** The rules of a kind that a schema cannot say. All run inside the transaction. */
    public interface Rules {
        /** Adds every broken rule of {@code draft}, which stands as it would be kept. @param before empty when it is new */
        default void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) { }

        /** Follows a write, for tables that lean on this one. @param before empty when it is new */
        default void written(Tx tx, Resource now, Optional<Resource> before) { }

        /** Before it goes. @throws gatehouse.core.ProblemException CONFLICT when something still needs it */
        default void removing(Tx tx, Resource gone) { }

        /** After it went, for tables that lean on this one. */
        default void removed(Tx tx, Resource gone) { }
    }
}
