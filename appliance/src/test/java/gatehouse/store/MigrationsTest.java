package gatehouse.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationsTest {
    private static final String NAMES = "SELECT name FROM sqlite_schema WHERE name IN ('a', 'b', 'c') ORDER BY name";

    @TempDir
    Path folder;
    private final Map<String, String> scripts = new HashMap<>();

    @BeforeEach
    void one_script() {
        scripts.put("migrations", "V001\n");
        scripts.put("V001", "CREATE TABLE a (x INTEGER);\n-- a semicolon; in a comment\nINSERT INTO a VALUES (1);");
    }

    private List<String> tables() {
        try (var store = open()) {
            return store.read(tx -> tx.list(NAMES, row -> row.getString("name")));
        }
    }

    private SqliteStore open() {
        return new SqliteStore(folder.resolve("box.db"), new Migrations(scripts::get));
    }

    private void add(String name, String sql) {
        scripts.merge("migrations", name + "\n", String::concat);
        scripts.put(name, sql);
    }

    @Test
    void each_script_runs_once() {
        tables();
        add("V002", "CREATE TABLE b (x INTEGER);");
        assertEquals(List.of("a", "b"), tables());
        try (var store = open()) {
            assertEquals(1L, store.read(tx -> tx.one("SELECT count(*) AS n FROM a", row -> row.getLong("n"))).orElseThrow());
        }
    }

    @Test
    void a_script_that_fails_leaves_the_database_as_it_was_and_runs_once_it_is_right() {
        tables();
        add("V002", "CREATE TABLE b (x INTEGER); INSERT INTO a VALUES (2); CREATE TABLE a (clash INTEGER);");
        var refused = assertThrows(StoreException.class, this::open);
        assertTrue(refused.getMessage().contains("V002"), refused.getMessage());
        scripts.put("migrations", "V001\n");
        assertEquals(List.of("a"), tables());
        add("V002", "CREATE TABLE c (x INTEGER);");
        assertEquals(List.of("a", "c"), tables());
        try (var store = open()) {
            assertEquals(List.of(1), store.read(tx -> tx.list("SELECT x FROM a", row -> row.getInt("x"))));
        }
    }

    @Test
    void a_script_that_was_another_when_it_ran_is_refused() {
        tables();
        scripts.put("V001", "CREATE TABLE a (x INTEGER, y INTEGER);");
        var refused = assertThrows(StoreException.class, this::open);
        assertTrue(refused.getMessage().contains("V001") && refused.getMessage().contains("backup"), refused.getMessage());
    }

    @Test
    void a_database_of_a_newer_gatehouse_is_refused_with_the_cure() {
        add("V002", "CREATE TABLE b (x INTEGER);");
        tables();
        scripts.put("migrations", "V001\n");
        var refused = assertThrows(StoreException.class, this::open);
        assertTrue(refused.getMessage().contains("newer Gatehouse") && refused.getMessage().contains("backup"), refused.getMessage());
    }
}
