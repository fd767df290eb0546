package gatehouse.numbers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.numbers.ExtensionNumbers.Owner;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sole reader and writer of the table {@code extension_numbers}. */
public final class NumberStore {
    private static final String ALL = "SELECT number, owner_kind, owner_id, label FROM extension_numbers";
    private static final String BY_NUMBER = ALL + " WHERE number = ?";
    private final Store store;

    public NumberStore(Store store) {
        this.store = store;
    }

    Optional<Owner> owner(String number) {
        return store.read(tx -> owner(tx, number));
    }

    Optional<Owner> owner(Tx tx, String number) {
        return tx.one(BY_NUMBER, NumberStore::row, number);
    }

    List<Owner> owners(Tx tx, Collection<String> numbers) {
        var array = JsonNodeFactory.instance.arrayNode();
        numbers.forEach(array::add);
        return tx.list(ALL + " WHERE number IN (SELECT value FROM json_each(?))", NumberStore::row, array.toString());
    }

    Map<NumberKind, Integer> owners() {
        record Count(NumberKind kind, int owners) { }
        return store.read(tx -> tx.list("SELECT owner_kind, count(DISTINCT owner_id) AS n FROM extension_numbers GROUP BY owner_kind",
                row -> new Count(NumberKind.valueOf(row.getString("owner_kind")), row.getInt("n")))).stream()
                .collect(Collectors.toMap(Count::kind, Count::owners));
    }

    void insert(Tx tx, Owner owner) {
        tx.run("INSERT INTO extension_numbers (number, owner_kind, owner_id, label) VALUES (?, ?, ?, ?)", owner.number(), owner.kind(), owner.id(),
                owner.label());
    }

    void release(Tx tx, String id) {
        tx.run("DELETE FROM extension_numbers WHERE owner_id = ?", id);
    }

    private static Owner row(ResultSet row) throws SQLException {
        return new Owner(row.getString("number"), NumberKind.valueOf(row.getString("owner_kind")), row.getString("owner_id"), row.getString("label"));
    }
}
