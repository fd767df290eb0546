package gatehouse.messaging;

import gatehouse.listing.Field;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Sole reader and writer of the table {@code external_messages}. */
public final class MessageStore {
    static final Listing LISTING = Listing.of("external_messages", "created_at DESC, id", Field.text("id", "id"), Field.text("config_id", "config_id"),
            Field.searchedText("sender", "sender"), Field.searchedText("sender_name", "sender_name"), Field.searchedText("receiver", "receiver"),
            Field.text("channel_name", "channel_name"), Field.text("channel_number", "channel_number"), Field.text("brand", "brand"),
            Field.text("did", "channel_number"), Field.text("msg_type", "msg_type"), Field.text("direction", "direction"),
            Field.searchedText("content", "content"), Field.text("delivery", "delivery"), Field.text("provider_msg_id", "provider_msg_id"),
            Field.time("created_at", "created_at"));
    private static final String COLUMNS = "id, config_id, user_id, sender, sender_name, receiver, receiver_name, channel_name, channel_number, brand, "
            + "msg_type, direction, content, reason, delivery, provider_msg_id, created_at";

    private final Store store;

    public MessageStore(Store store) {
        this.store = store;
    }

    <T> T write(Store.Work<T> work) {
        return store.write(work);
    }

    <T> T read(Store.Work<T> work) {
        return store.read(work);
    }

    Page<Message> page(ListQuery query) {
        return store.read(tx -> LISTING.page(tx, query, COLUMNS, MessageStore::row, ""));
    }

    Page<Message> pageOf(String userId, ListQuery query) {
        return store.read(tx -> LISTING.page(tx, query, COLUMNS, MessageStore::row, "user_id = ?", userId));
    }

    Optional<Message> byId(String id) {
        return store.read(tx -> tx.one("SELECT " + COLUMNS + " FROM external_messages WHERE id = ?", MessageStore::row, id));
    }

    void insert(Tx tx, Message m) {
        tx.run("INSERT INTO external_messages (" + COLUMNS + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", m.id(), m.configId(), m.userId(),
                m.sender(), m.senderName(), m.receiver(), m.receiverName(), m.channelName(), m.channelNumber(), m.brand(), m.type(), m.direction(),
                m.content(), m.reason(), m.delivery(), m.providerId(), m.createdAt());
    }

    void sent(Tx tx, String id, String providerId) {
        tx.run("UPDATE external_messages SET delivery = 'SENT', provider_msg_id = ? WHERE id = ?", providerId, id);
    }

    void failed(Tx tx, String id, String reason) {
        tx.run("UPDATE external_messages SET delivery = 'ERR', reason = ? WHERE id = ?", reason, id);
    }

    /** What was on its way when the box stopped; leans on external_messages_undecided. */
    void failUndecided(Tx tx, String reason) {
        tx.run("UPDATE external_messages SET delivery = 'ERR', reason = ? WHERE delivery IS NULL", reason);
    }

    /** Leans on external_messages_by_provider. What was delivered stays so, whatever comes late. */
    void became(Tx tx, String configId, String providerId, Message.Delivery delivery, String reason) {
        tx.run("""
                UPDATE external_messages SET delivery = ?, reason = ?
                WHERE config_id = ? AND provider_msg_id = ? AND direction = 'OUT' AND delivery <> 'DELIVERED'""", delivery, reason, configId, providerId);
    }

    boolean known(Tx tx, String configId, String providerId) {
        return tx.one("SELECT id FROM external_messages WHERE config_id = ? AND provider_msg_id = ? AND direction = 'IN'", row -> row.getString("id"),
                configId, providerId).isPresent();
    }

    /** Who wrote last to a number by a channel; leans on external_messages_by_conversation. */
    Optional<String> lastWriter(Tx tx, String configId, String number) {
        return tx.one("""
                SELECT user_id FROM external_messages WHERE config_id = ? AND receiver = ? AND direction = 'OUT' AND user_id IS NOT NULL
                ORDER BY created_at DESC LIMIT 1""", row -> row.getString("user_id"), configId, number);
    }

    /** Leans on external_messages_by_user. */
    long sentSince(Tx tx, String userId, Instant since) {
        return tx.one("SELECT count(*) AS n FROM external_messages WHERE user_id = ? AND created_at > ? AND direction = 'OUT'", row -> row.getLong("n"),
                userId, since).orElseThrow();
    }

    private static Message row(ResultSet row) throws SQLException {
        var delivery = row.getString("delivery");
        return new Message(row.getString("id"), row.getString("config_id"), row.getString("user_id"), row.getString("sender"), row.getString("sender_name"),
                row.getString("receiver"), row.getString("receiver_name"), row.getString("channel_name"), row.getString("channel_number"),
                row.getString("brand"), Channel.Type.valueOf(row.getString("msg_type")), Message.Direction.valueOf(row.getString("direction")),
                row.getString("content"), row.getString("reason"), delivery == null ? null : Message.Delivery.valueOf(delivery),
                row.getString("provider_msg_id"), Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
