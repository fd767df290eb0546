package gatehouse.dect;

import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sole reader and writer of the tables {@code dect_members} and {@code dect_folders}. */
public final class DectStore {
    private final Store store;

    public DectStore(Store store) {
        this.store = store;
    }

    List<DectMember> members(String base) {
        return store.read(tx -> members(tx, base));
    }

    List<DectMember> members(Tx tx, String base) {
        return tx.list("SELECT user_id, ipui, handset FROM dect_members WHERE base_id = ? ORDER BY position",
                row -> new DectMember(row.getString("user_id"), row.getString("ipui"), row.getString("handset")), base);
    }

    /** By base. */
    Map<String, String> folders() {
        var folders = new HashMap<String, String>();
        store.read(tx -> tx.list("SELECT base_id, folder FROM dect_folders", row -> folders.put(row.getString("base_id"), row.getString("folder"))));
        return folders;
    }

    void addFolder(Tx tx, String base, String folder) {
        tx.run("INSERT INTO dect_folders (base_id, folder) VALUES (?, ?)", base, folder);
    }

    /** Bases that carry a handset of somebody. */
    List<String> basesOf(String userId) {
        return store.read(tx -> tx.list("SELECT base_id FROM dect_members WHERE user_id = ?", row -> row.getString("base_id"), userId));
    }

    void replace(Tx tx, String base, List<DectMember> members) {
        tx.run("DELETE FROM dect_members WHERE base_id = ?", base);
        for (int position = 0; position < members.size(); position++) {
            var member = members.get(position);
            tx.run("INSERT INTO dect_members (base_id, user_id, position, ipui, handset) VALUES (?, ?, ?, ?, ?)", base, member.userId(), position, member.ipui(),
                    member.handset());
        }
    }
}
