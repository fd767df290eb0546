package gatehouse.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;

/**
 * Brings a database forward, one numbered script at a time, each in a transaction of its own together with the note that it ran.
 * Forward only: a database of a newer Gatehouse, or one whose scripts were others, is refused rather than guessed at.
 */
final class Migrations {
    private static final System.Logger LOG = System.getLogger(Migrations.class.getName());
    private static final String INDEX = "migrations";

    private record Script(String name, String sql, String sha256) { }

    private record Applied(String name, String sha256) { }

    private final Function<String, String> texts;

    /** @param texts gives the index and the scripts by name */
    Migrations(Function<String, String> texts) {
        this.texts = texts;
    }

    void apply(SqliteConnection connection) {
        connection.transaction(tx -> tx.run("""
                CREATE TABLE IF NOT EXISTS schema_scripts (
                  version INTEGER PRIMARY KEY,
                  name    TEXT NOT NULL,
                  sha256  TEXT NOT NULL
                ) STRICT"""));
        var known = texts.apply(INDEX).lines().map(String::strip).filter(line -> !line.isEmpty()).map(this::script).toList();
        var applied = connection.transaction(tx -> tx.list("SELECT name, sha256 FROM schema_scripts ORDER BY version",
                row -> new Applied(row.getString("name"), row.getString("sha256")))).value();
        check(known, applied);
        for (int next = applied.size(); next < known.size(); next++) {
            apply(connection, known.get(next), next + 1);
        }
    }

    private Script script(String name) {
        var sql = texts.apply(name);
        return new Script(name, sql, sha256(sql));
    }

    private static void check(List<Script> known, List<Applied> applied) {
        if (applied.size() > known.size()) {
            throw new StoreException("The database was written by a newer Gatehouse (schema %d; this one knows %d). Install that version again, or restore a backup."
                    .formatted(applied.size(), known.size()), null);
        }
        for (int i = 0; i < applied.size(); i++) {
            if (!known.get(i).sha256.equals(applied.get(i).sha256)) {
                throw new StoreException("The database was made by " + applied.get(i).name + " as it was in another build, and this build has "
                        + known.get(i).name + ". Install the Gatehouse that wrote it, or restore a backup.", null);
            }
        }
    }

    private static void apply(SqliteConnection connection, Script script, int version) {
        connection.transaction(tx -> {
            try {
                connection.script(script.sql);
            } catch (SQLException e) {
                throw new StoreException("The database could not be brought to schema " + script.name + ": " + e.getMessage(), e);
            }
            return tx.run("INSERT INTO schema_scripts (version, name, sha256) VALUES (?, ?, ?)", version, script.name, script.sha256);
        });
        LOG.log(System.Logger.Level.INFO, "Brought the database to schema " + script.name);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java runtime has SHA-256", e);
        }
    }

    /** A script beside this class. */
    static String inJar(String name) {
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
