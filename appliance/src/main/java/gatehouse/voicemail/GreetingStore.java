package gatehouse.voicemail;

import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sole reader and writer of the table {@code greetings}. */
public final class GreetingStore {
    private static final String COLUMNS = "id, user_id, shared_id, enabled, file_id";
    private final Store store;

    public GreetingStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    /** Each has an index: greetings_by_user, greetings_by_shared. */
    private static String column(Mailbox mailbox) {
        return switch (mailbox) {
            case Mailbox.Own _ -> "user_id";
            case Mailbox.Shared _ -> "shared_id";
        };
    }

    /** Oldest first. */
    List<Greeting> of(Tx tx, Mailbox mailbox) {
        return tx.list("SELECT " + COLUMNS + " FROM greetings WHERE " + column(mailbox) + " = ? ORDER BY created_at, id", GreetingStore::row, mailbox.id());
    }

    Optional<Greeting> byId(Tx tx, Mailbox mailbox, String id) {
        return tx.one("SELECT " + COLUMNS + " FROM greetings WHERE id = ? AND " + column(mailbox) + " = ?", GreetingStore::row, id, mailbox.id());
    }

    private static Greeting row(ResultSet row) throws SQLException {
        var user = row.getString("user_id");
        return new Greeting(row.getString("id"), user == null ? new Mailbox.Shared(row.getString("shared_id")) : new Mailbox.Own(user),
                row.getInt("enabled") == 1, row.getString("file_id"));
    }

    void insert(Tx tx, Greeting greeting, Instant now) {
        tx.run("INSERT INTO greetings (" + COLUMNS + ", created_at) VALUES (?, ?, ?, ?, ?, ?)", greeting.id(),
                greeting.mailbox() instanceof Mailbox.Own(var user) ? user : null, greeting.mailbox() instanceof Mailbox.Shared(var shared) ? shared : null,
                greeting.enabled(), greeting.fileId(), now);
    }

    void enable(Tx tx, String id, boolean enabled) {
        tx.run("UPDATE greetings SET enabled = ? WHERE id = ?", enabled, id);
    }

    void delete(Tx tx, String id) {
        tx.run("DELETE FROM greetings WHERE id = ?", id);
    }

    /** @return the files they had */
    List<String> deleteAll(Tx tx, Mailbox mailbox) {
        return tx.list("DELETE FROM greetings WHERE " + column(mailbox) + " = ? RETURNING file_id", row -> row.getString("file_id"), mailbox.id());
    }
}
