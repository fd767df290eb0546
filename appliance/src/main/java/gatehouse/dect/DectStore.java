package gatehouse.dect;

import gatehouse.store.Store;
import gatehouse.store.Store.Tx;
import java.util.List;

/** Sole reader and writer of the table {@code dect_members}. */
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

    void replace(Tx tx, String base, List<DectMember> members) {
        tx.run("DELETE FROM dect_members WHERE base_id = ?", base);
        for (int position = 0; position < members.size(); position++) {
            var member = members.get(position);
            tx.run("INSERT INTO dect_members (base_id, user_id, position, ipui, handset) VALUES (?, ?, ?, ?, ?)", base, member.userId(), position, member.ipui(),
                    member.handset());
        }
    }
}
