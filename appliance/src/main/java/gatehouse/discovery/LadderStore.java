package gatehouse.discovery;

import gatehouse.api.Json;
import gatehouse.store.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Sole reader and writer of the table {@code ladders}. */
public final class LadderStore {
    private final Store store;

    public LadderStore(Store store) {
        this.store = store;
    }

    /** By MAC, the one that was quiet longest first. */
    Map<String, List<Step>> all() {
        var all = new LinkedHashMap<String, List<Step>>();
        store.read(tx -> tx.list("SELECT mac, steps FROM ladders ORDER BY changed_at", row -> all.put(row.getString("mac"), read(row.getString("steps")))));
        return all;
    }

    private static List<Step> read(String json) {
        var steps = new ArrayList<Step>();
        Json.parse(json).forEach(step -> steps.add(new Step(Instant.ofEpochMilli(step.get("at").longValue()), Step.Rung.valueOf(step.get("rung").textValue()),
                step.get("address").textValue(), step.get("detail").textValue(), step.get("times").intValue())));
        return steps;
    }

    /** @param most of all, the oldest go */
    void put(Map<String, List<Step>> ladders, int most) {
        store.write(tx -> {
            ladders.forEach((mac, steps) -> tx.run("INSERT OR REPLACE INTO ladders (mac, steps, changed_at) VALUES (?, ?, ?)", mac, text(steps),
                    steps.getLast().at()));
            tx.run("DELETE FROM ladders WHERE mac IN (SELECT mac FROM ladders ORDER BY changed_at DESC LIMIT -1 OFFSET ?)", most);
            return null;
        });
    }

    void delete(String mac) {
        store.write(tx -> tx.run("DELETE FROM ladders WHERE mac = ?", mac));
    }

    private static String text(List<Step> steps) {
        var array = Json.object().putArray("steps");
        steps.forEach(step -> array.addObject().put("at", step.at().toEpochMilli()).put("rung", step.rung().name()).put("address", step.address())
                .put("detail", step.detail()).put("times", step.times()));
        return array.toString();
    }
}
