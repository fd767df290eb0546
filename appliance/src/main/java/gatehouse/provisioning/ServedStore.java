package gatehouse.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.Json;
import gatehouse.provisioning.Served.Reached;
import gatehouse.store.Store;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** Sole reader and writer of the table {@code served_files}. Texts are deflated: thousands of them differ in a few words each. */
public final class ServedStore {
    private final Store store;

    public ServedStore(Store store) {
        this.store = store;
    }

    /** Tags, by MAC and file as {@link ServedFiles} names them. */
    Map<String, String> tags() {
        var all = new HashMap<String, String>();
        store.read(tx -> tx.list("SELECT mac, file, tag FROM served_files", row -> all.put(ServedFiles.key(row.getString("mac"), row.getString("file")),
                row.getString("tag"))));
        return all;
    }

    List<Served> of(String mac) {
        return store.read(tx -> tx.list("SELECT mac, file, served_at, reached, tag, content, marks FROM served_files WHERE mac = ? ORDER BY file",
                ServedStore::row, mac));
    }

    private static Served row(ResultSet row) throws SQLException {
        var reached = Json.parse(row.getString("reached"));
        var marks = new TreeMap<String, String>();
        Json.parse(row.getString("marks")).properties().forEach(mark -> marks.put(mark.getKey(), mark.getValue().textValue()));
        return new Served(row.getString("mac"), row.getString("file"), Instant.ofEpochMilli(row.getLong("served_at")),
                new Reached(text(reached, "scheme"), text(reached, "host"), text(reached, "box_address"), text(reached, "user_agent")),
                row.getString("tag"), inflated(row.getBytes("content")), marks);
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }

    /** @param most of all, the oldest go */
    void put(Collection<Served> files, int most) {
        store.write(tx -> {
            for (var file : files) {
                var reached = file.reached();
                var marks = Json.object();
                file.marks().forEach(marks::put);
                tx.run("""
                        INSERT OR REPLACE INTO served_files (mac, file, served_at, reached, tag, content, marks) VALUES (?, ?, ?, ?, ?, ?, ?)""",
                        file.mac(), file.file(), file.at(), Json.object().put("scheme", reached.scheme()).put("host", reached.host())
                                .put("box_address", reached.boxAddress()).put("user_agent", reached.userAgent()).toString(),
                        file.tag(), deflated(file.text()), marks.toString());
            }
            tx.run("DELETE FROM served_files WHERE rowid IN (SELECT rowid FROM served_files ORDER BY served_at DESC LIMIT -1 OFFSET ?)", most);
            return null;
        });
    }

    void delete(String mac) {
        store.write(tx -> tx.run("DELETE FROM served_files WHERE mac = ?", mac));
    }

    private static byte[] deflated(String text) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String inflated(byte[] bytes) {
        try (var in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
