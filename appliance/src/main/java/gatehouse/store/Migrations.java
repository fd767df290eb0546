package gatehouse.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;

/**
 * Brings a database forward, one numbered script at a time, each in a transaction of its own together with the note that it ran.
 * Forward only: a database of a newer Gatehouse is refused rather than guessed at.
 */
final class Migrations {
    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());
    private static final String INDEX = "migrations";

    void apply(SqliteConnection connection) throws SQLException {
        var scripts = text(INDEX).lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        var version = connection.transaction(tx -> tx.one("PRAGMA user_version", row -> row.getInt(1)).orElse(0)).value();
        if (version > scripts.size()) {
            throw new StoreException("The database was written by a newer Gatehouse (schema %d; this one knows %d). Install that version again, or restore a backup."
                    .formatted(version, scripts.size()), null);
        }
        for (int next = version; next < scripts.size(); next++) {
            apply(connection, scripts, next);
        }
    }

    private void apply(SqliteConnection connection, List<String> scripts, int next) {
        var script = scripts.get(next);
        connection.transaction(tx -> {
            try {
                connection.script(text(script));
                connection.script("PRAGMA user_version = " + (next + 1));
                return null;
            } catch (SQLException e) {
                throw new StoreException("The database could not be brought to schema " + script + ": " + e.getMessage(), e);
            }
        });
        LOG.log(System.Logger.Level.INFO, "Brought the database to schema " + script);
    }

    private static String text(String name) {
        try (var in = Migrations.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The schema script " + name + " is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
