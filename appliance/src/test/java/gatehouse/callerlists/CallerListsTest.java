package gatehouse.callerlists;

import static gatehouse.testkit.Workbench.ADMIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.callerlists.CallerLists.Level;
import gatehouse.queues.Queues;
import gatehouse.testkit.MovedClock;
import gatehouse.testkit.Workbench;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a call learns of its caller from the lists. */
class CallerListsTest {
    @TempDir
    Path folder;
    private final MovedClock clock = new MovedClock(Instant.parse("2026-03-01T10:00:00Z"));
    private Workbench bench;
    private CallerListStore store;
    private CallerLists lists;

    @BeforeEach
    void empty_lists() {
        bench = new Workbench(folder, clock, "101", "102");
        store = new CallerListStore();
        lists = new CallerLists(bench.keeping, store);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static ObjectNode entry(String number, String more) {
        return ((ObjectNode) Json.parse(more)).put("number", number).put("enabled", true);
    }

    @Test
    void a_vip_is_one_until_switched_off_or_expired() {
        var id = lists.create(lists.vip(), ADMIN, entry("+49301", "{\"expire_at\":\"2026-03-01T13:00:00+02:00\"}"));
        assertTrue(lists.isVip("+49301"));
        assertFalse(lists.isVip("+4930") || lists.isVip("+493011"));
        clock.move(Duration.ofHours(1));
        assertFalse(lists.isVip("+49301"), "at eleven UTC it is over");
        lists.update(lists.vip(), ADMIN, id, Json.object().putNull("expire_at"));
        assertTrue(lists.isVip("+49301"));
        lists.update(lists.vip(), ADMIN, id, Json.object().put("enabled", false));
        assertFalse(lists.isVip("+49301"));
        lists.update(lists.vip(), ADMIN, id, Json.object().putNull("enabled"));
        assertTrue(lists.isVip("+49301"));
    }

    @Test
    void a_blacklisted_caller_has_a_level_and_a_prompt_when_it_is_on() {
        var prompts = new BlacklistPrompts(bench.keeping, store, bench.files);
        lists.create(lists.blacklist(), ADMIN, entry("0900", "{\"level\":\"SECOND\"}"));
        assertEquals(Optional.of(Level.SECOND), lists.blacklisted("0900"));
        assertEquals(Optional.empty(), lists.blacklisted("0901"));
        assertEquals(Optional.empty(), prompts.fileId(Level.SECOND));
        keep("{\"level1_prompt_file_id\":\"file1\",\"level2_prompt_file_id\":\"file2\",\"enable_level2\":true}");
        assertEquals(Optional.empty(), prompts.fileId(Level.FIRST), "that one is switched off");
        assertEquals(Optional.of("file2"), prompts.fileId(Level.SECOND));
        keep("{\"level2_prompt_file_id\":null,\"enable_level2\":true}");
        assertEquals(Optional.empty(), prompts.fileId(Level.SECOND));
    }

    /** As if the files had been uploaded; that is tested over HTTP. */
    private void keep(String prompts) {
        bench.store.write(tx -> {
            store.savePrompts(tx, (ObjectNode) Json.parse(prompts));
            return null;
        });
    }

    @Test
    void the_closest_exclusive_number_says_who_serves_a_caller() {
        var queues = new Queues(bench.keeping, bench.users, (_, _) -> Set.of(), bench.files);
        var exclusive = new ExclusiveAgents(lists, store, queues, bench.users, bench.keeping);
        var queue = queueOfAll();
        var all = lists.create(lists.exclusive(), ADMIN, entry("+49*", "{}"));
        var berlin = lists.create(lists.exclusive(), ADMIN, entry("+4930*", "{}"));
        var one = lists.create(lists.exclusive(), ADMIN, entry("+49301", "{}"));
        exclusive.replace(ADMIN, all, queue, Json.parse("[\"101\"]"));
        exclusive.replace(ADMIN, berlin, queue, Json.parse("[\"102\"]"));
        exclusive.replace(ADMIN, one, queue, Json.parse("[\"102\",\"101\"]"));
        assertEquals(List.of("id102", "id101"), lists.exclusiveAgents(queue, "+49301"));
        assertEquals(List.of("id102"), lists.exclusiveAgents(queue, "+49302"));
        assertEquals(List.of("id101"), lists.exclusiveAgents(queue, "+4940"));
        assertEquals(List.of(), lists.exclusiveAgents(queue, "+43"));
        assertEquals(List.of(), lists.exclusiveAgents("another-queue", "+49301"));
        lists.update(lists.exclusive(), ADMIN, one, Json.object().put("enabled", false));
        assertEquals(List.of("id102"), lists.exclusiveAgents(queue, "+49301"), "the mask fits it still");
        bench.store.write(tx -> tx.run("DELETE FROM call_queue_agents WHERE user_id = 'id102'"));
        assertEquals(List.of(), lists.exclusiveAgents(queue, "+49302"), "who leaves the queue serves nobody there");
    }

    /** Straight into the tables: how a queue gets its agents is tested elsewhere. */
    private String queueOfAll() {
        return bench.store.write(tx -> {
            tx.run("INSERT INTO call_queues (id, document, created_at, updated_at) VALUES ('q', '{\"name\":\"Sales\",\"extension_number\":\"700\"}', 0, 0)");
            tx.run("INSERT INTO call_queue_agents (queue_id, user_id, position, skill_level) SELECT 'q', id, rowid, 1 FROM users");
            return "q";
        });
    }

    @Test
    void lookups_lean_on_indexes() {
        for (var sql : List.of("SELECT 1 FROM vip_numbers WHERE owner = '' AND json_extract(document, '$.number') = 'x' COLLATE NOCASE",
                "SELECT id FROM exclusive_numbers WHERE instr(json_extract(document, '$.number'), '*') > 0 AND 'x' GLOB json_extract(document, '$.number')")) {
            var plan = bench.store.read(tx -> tx.list("EXPLAIN QUERY PLAN " + sql, row -> row.getString("detail")));
            assertTrue(plan.stream().allMatch(step -> step.contains("INDEX")), plan.toString());
        }
    }
}
