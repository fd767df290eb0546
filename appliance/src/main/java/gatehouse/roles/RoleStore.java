package gatehouse.roles;

import gatehouse.listing.Field;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sole reader and writer of the table {@code roles}. */
public final class RoleStore {
    static final Listing LISTING = Listing.of("roles", "position, name_key", Field.searchedText("name", "name").sortedBy("name_key"),
            Field.searchedText("description", "description"));
    private static final String COLUMNS = "name, description, permissions, built_in";
    private static final int AFTER_BUILT_IN = 1_000;

    private final Store store;

    public RoleStore(Store store) {
        this.store = store;
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    List<Role> all() {
        return store.read(RoleStore::all);
    }

    private static List<Role> all(Tx tx) {
        return tx.list("SELECT " + COLUMNS + " FROM roles ORDER BY position, name_key", RoleStore::row);
    }

    /** The built-in roles stand in the table too, so that lists find them; what they grant stands in the code. */
    void keepBuiltIn(List<Role> builtIn) {
        if (all().stream().filter(Role::builtIn).toList().equals(builtIn)) {
            return;
        }
        store.write(tx -> {
            tx.run("DELETE FROM roles WHERE built_in = 1");
            for (int i = 0; i < builtIn.size(); i++) {
                insert(tx, builtIn.get(i), i);
            }
            return null;
        });
    }

    Page<Role> page(ListQuery query) {
        return store.read(tx -> LISTING.page(tx, query, COLUMNS, RoleStore::row, ""));
    }

    Optional<Role> named(Tx tx, String name) {
        return tx.one("SELECT " + COLUMNS + " FROM roles WHERE name_key = ?", RoleStore::row, key(name));
    }

    long count(Tx tx) {
        return tx.one("SELECT count(*) AS n FROM roles WHERE built_in = 0", row -> row.getLong("n")).orElseThrow();
    }

    void insert(Tx tx, Role role) {
        insert(tx, role, AFTER_BUILT_IN);
    }

    private static void insert(Tx tx, Role role, int position) {
        tx.run("INSERT INTO roles (name_key, name, description, permissions, built_in, position) VALUES (?, ?, ?, ?, ?, ?)", key(role.name()), role.name(),
                role.description(), permissions(role), role.builtIn(), position);
    }

    void update(Tx tx, String name, Role role) {
        tx.run("UPDATE roles SET name_key = ?, name = ?, description = ?, permissions = ? WHERE name_key = ?", key(role.name()), role.name(),
                role.description(), permissions(role), key(name));
    }

    void delete(Tx tx, String name) {
        tx.run("DELETE FROM roles WHERE name_key = ?", key(name));
    }

    private static String permissions(Role role) {
        return String.join(" ", role.permissions().stream().sorted().toList());
    }

    private static Role row(ResultSet row) throws SQLException {
        var permissions = new HashSet<>(List.of(row.getString("permissions").split(" ")));
        permissions.remove("");
        return new Role(row.getString("name"), row.getString("description"), permissions, row.getInt("built_in") == 1);
    }
}
