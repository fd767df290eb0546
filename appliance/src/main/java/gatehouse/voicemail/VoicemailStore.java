package gatehouse.voicemail;

import gatehouse.listing.Field;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import gatehouse.voicemail.Voicemail.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Sole reader and writer of the table {@code voicemails}. */
public final class VoicemailStore {
    private static final String COLUMNS = "id, user_id, shared_id, sender, sender_name, created_at, duration, status, file_id, file_name, file_size";
    private static final int BATCH = 200;

    /** Newest first. */
    static final Listing LISTING = Listing.of("voicemails", "created_at DESC, id DESC", Field.text("id", "id"), Field.searchedText("sender", "sender"),
            Field.time("created_at", "created_at"), Field.number("duration", "duration"), Field.text("status", "status"),
            Field.searchedText("file_name", "file_name"), Field.number("file_size", "file_size"));

    private final Store store;

    public VoicemailStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    /** Each has an index: voicemails_by_user, voicemails_by_shared. */
    private static String column(Mailbox mailbox) {
        return switch (mailbox) {
            case Mailbox.Own _ -> "user_id";
            case Mailbox.Shared _ -> "shared_id";
        };
    }

    Page<Voicemail> page(Tx tx, Mailbox mailbox, ListQuery query) {
        return LISTING.page(tx, query, COLUMNS, VoicemailStore::row, column(mailbox) + " = ?", mailbox.id());
    }

    Optional<Voicemail> byId(Tx tx, Mailbox mailbox, String id) {
        return tx.one("SELECT " + COLUMNS + " FROM voicemails WHERE id = ? AND " + column(mailbox) + " = ?", VoicemailStore::row, id, mailbox.id());
    }

    private static Voicemail row(ResultSet row) throws SQLException {
        var user = row.getString("user_id");
        return new Voicemail(row.getString("id"), user == null ? new Mailbox.Shared(row.getString("shared_id")) : new Mailbox.Own(user),
                row.getString("sender"), row.getString("sender_name"), Instant.ofEpochMilli(row.getLong("created_at")),
                Duration.ofSeconds(row.getLong("duration")), Status.valueOf(row.getString("status")), row.getString("file_id"), row.getString("file_name"),
                row.getLong("file_size"));
    }

    void insert(Tx tx, Voicemail mail) {
        tx.run("INSERT INTO voicemails (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", mail.id(),
                mail.mailbox() instanceof Mailbox.Own(var user) ? user : null, mail.mailbox() instanceof Mailbox.Shared(var shared) ? shared : null,
                mail.sender(), mail.senderName(), mail.createdAt(), mail.duration().toSeconds(), mail.status(), mail.fileId(), mail.fileName(), mail.fileSize());
    }

    void mark(Tx tx, String id, Status status) {
        tx.run("UPDATE voicemails SET status = ? WHERE id = ?", status, id);
    }

    void delete(Tx tx, String id) {
        tx.run("DELETE FROM voicemails WHERE id = ?", id);
    }

    /** @return what was removed */
    List<Voicemail> deleteAll(Tx tx, Mailbox mailbox) {
        return tx.list("DELETE FROM voicemails WHERE " + column(mailbox) + " = ? RETURNING " + COLUMNS, VoicemailStore::row, mailbox.id());
    }

    /** Some of those from before {@code cutoff}; leans on voicemails_by_time. @return what was removed; empty when there are no more */
    List<Voicemail> deleteBefore(Tx tx, Instant cutoff) {
        return tx.list("DELETE FROM voicemails WHERE id IN (SELECT id FROM voicemails WHERE created_at < ? LIMIT ?) RETURNING " + COLUMNS,
                VoicemailStore::row, cutoff, BATCH);
    }

    Voicemails.Count count(Tx tx, Mailbox mailbox) {
        return tx.one("SELECT count(*) AS n, coalesce(sum(status = 'UNREAD'), 0) AS unread FROM voicemails WHERE " + column(mailbox) + " = ?",
                row -> new Voicemails.Count(row.getInt("unread"), row.getInt("n") - row.getInt("unread")), mailbox.id()).orElseThrow();
    }
}
