package gatehouse.numbers;

import gatehouse.core.Problem;
import gatehouse.store.Store.Tx;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Who has which number. Everything happens in the transaction of whoever makes or removes the owner. Thread-safe. */
public final class ExtensionNumbers {
    /** @param label the owner's name, as a message or a list shows it */
    public record Owner(String number, NumberKind kind, String id, String label) { }

    private static final int LOOKED_AT = 500;

    private final NumberStore store;

    public ExtensionNumbers(NumberStore store) {
        this.store = store;
    }

    /** Gives {@code number} to an owner, in place of the one it had; or the problem that another has it. */
    public Optional<Problem> claim(Tx tx, String number, NumberKind kind, String id, String label) {
        var other = store.owner(tx, number).filter(owner -> !owner.id().equals(id));
        if (other.isPresent()) {
            return Optional.of(Problem.conflict("extension_number", "The number " + number + " belongs to "
                    + (other.get().label().isEmpty() ? "a " + other.get().kind().words() : other.get().label()) + "; choose another."));
        }
        store.release(tx, id);
        store.insert(tx, new Owner(number, kind, id, label));
        return Optional.empty();
    }

    /** For owners with several numbers, such as park slots. */
    public Optional<Problem> claimAlso(Tx tx, String number, NumberKind kind, String id, String label) {
        var owner = store.owner(tx, number);
        if (owner.isEmpty()) {
            store.insert(tx, new Owner(number, kind, id, label));
        }
        return owner.filter(other -> !other.id().equals(id)).map(other -> Problem.conflict("extension_number", "The number " + number + " belongs to "
                + other.label() + "; choose another."));
    }

    /** Frees every number of an owner. */
    public void release(Tx tx, String id) {
        store.release(tx, id);
    }

    public Optional<Owner> owner(Tx tx, String number) {
        return store.owner(tx, number);
    }

    public Optional<Owner> owner(String number) {
        return store.owner(number);
    }

    /** The owners of those of {@code numbers} that have one, in one query. */
    public List<Owner> owners(Tx tx, Collection<String> numbers) {
        return store.owners(tx, numbers);
    }

    /**
     * The first {@code count} numbers that are free, counting up from {@code first}; fewer where numbers of that many digits end. One query for every
     * {@value #LOOKED_AT} numbers it has to look at.
     */
    public List<String> free(Tx tx, String first, int count) {
        var free = new ArrayList<String>();
        var format = "%0" + first.length() + "d";
        var end = (long) Math.pow(10, first.length());
        for (var from = Long.parseLong(first); from < end && free.size() < count; from += LOOKED_AT) {
            var block = LongStream.range(from, Math.min(end, from + LOOKED_AT)).mapToObj(format::formatted).collect(Collectors.toCollection(LinkedHashSet::new));
            owners(tx, block).forEach(owner -> block.remove(owner.number()));
            block.stream().limit(count - free.size()).forEach(free::add);
        }
        return free;
    }

    /** How many owners there are of each kind. */
    public Map<NumberKind, Integer> owners() {
        return store.owners();
    }
}
