package gatehouse.queues;

import static gatehouse.testkit.Workbench.ADMIN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.core.ProblemException;
import gatehouse.hunting.ForwardRule;
import gatehouse.hunting.Strategy;
import gatehouse.queues.QueueEvent.AgentStatusChanged;
import gatehouse.testkit.Workbench;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How agents are, with phones and queue calls in the test's hand. */
class AgentsTest {
    /** What phones do. */
    private static final class Phones implements Lines {
        private final Set<String> online = new HashSet<>();
        private final Set<String> onCall = new HashSet<>();

        @Override
        public boolean online(String extensionNumber) {
            return online.contains(extensionNumber);
        }

        @Override
        public boolean onCall(String extensionNumber) {
            return onCall.contains(extensionNumber);
        }
    }

    /** What goes on in queues. */
    private static final class Engine implements QueueLive {
        private final List<Waiting> waiting = new ArrayList<>();
        private final Set<String> serving = new HashSet<>();
        private final Set<String> queueCalls = new HashSet<>();
        private String pickedUp = "";

        @Override
        public List<Waiting> waiting(String queueId) {
            return waiting;
        }

        @Override
        public boolean serves(String queueId, String extensionNumber) {
            return serving.contains(queueId + " " + extensionNumber);
        }

        @Override
        public boolean isQueueCall(String callId) {
            return queueCalls.contains(callId);
        }

        @Override
        public boolean pickUp(String queueId, String sessionId, String extensionNumber) {
            pickedUp = queueId + " " + sessionId + " " + extensionNumber;
            return true;
        }
    }

    @TempDir
    Path folder;
    private Workbench bench;
    private final Phones phones = new Phones();
    private final Engine engine = new Engine();
    private Queues queues;
    private Agents agents;
    private String sales;

    @BeforeEach
    void a_queue_with_two_agents_at_their_phones() {
        bench = new Workbench(folder, Clock.systemUTC(), "101", "102", "103");
        queues = new Queues(bench.keeping, bench.users, (_, _) -> Set.of(), bench.files);
        agents = new Agents(queues, bench.keeping, bench.users, phones, engine);
        sales = queue("Sales", "700", "{}");
        phones.online.addAll(List.of("101", "102"));
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.parse(text);
    }

    private String queue(String name, String number, String more) {
        var fields = json("""
                {"agent_auto_ready": true, "agent_auto_not_ready_after_non_acd_call": true, "polling_strategy": null, "ring_time": null,
                 "intro_type": null, "max_waiting_time": null, "inform_position": null, "inform_position_interval": null, "callback_mode": null,
                 "callback_timeout": null}""");
        fields.setAll(json(more));
        var id = queues.create(ADMIN, fields.put("name", name).put("extension_number", number));
        queues.replaceAgents(ADMIN, id, Json.parse("[{\"extension_number\":\"101\"},{\"extension_number\":\"102\",\"skill_level\":5}]"));
        return id;
    }

    private AgentStatus status(String queueId, String userId) {
        return agents.get(queueId, userId).status();
    }

    private AgentStatus status() {
        return status(sales, "id101");
    }

    @Test
    void who_is_made_an_agent_is_signed_in_as_the_queue_wants_it() {
        var support = queue("Support", "701", "{\"agent_auto_ready\": false}");
        assertEquals(AgentStatus.READY, status(sales, "id101"));
        assertEquals(AgentStatus.NOT_READY, status(support, "id101"));
        for (var queueId : List.of(sales, support)) {
            agents.choose(queueId, "id101", "LOGGED_OUT");
            assertEquals(AgentStatus.LOGGED_OUT, status(queueId, "id101"));
            agents.choose(queueId, "id101", "LOGGED_IN");
        }
        assertEquals(AgentStatus.READY, status(sales, "id101"));
        assertEquals(AgentStatus.NOT_READY, status(support, "id101"), "signing in is never a state of its own");
    }

    @Test
    void a_state_holds_in_its_queue_alone_and_in_the_next_life() {
        var support = queue("Support", "701", "{}");
        for (var word : List.of("NOT_READY", "WRAP_UP", "BREAK", "LUNCH", "READY", "LOGGED_OUT")) {
            agents.choose(sales, "id101", word);
            assertEquals(word, status().name());
        }
        assertEquals(AgentStatus.READY, status(support, "id101"));
        assertEquals(AgentStatus.LOGGED_OUT, new Agents(queues, bench.keeping, bench.users, phones, engine).get(sales, "id101").status());
    }

    @Test
    void what_the_phone_does_overlays_what_was_chosen_unless_the_agent_has_left() {
        agents.choose(sales, "id101", "BREAK");
        phones.onCall.add("101");
        assertEquals(AgentStatus.OTHER_CALL, status());
        engine.serving.add(sales + " 101");
        assertEquals(AgentStatus.QUEUE_CALL, status());
        engine.serving.clear();
        phones.onCall.clear();
        phones.online.clear();
        assertEquals(AgentStatus.OFFLINE, status());
        agents.choose(sales, "id101", "LOGGED_OUT");
        phones.onCall.add("101");
        assertEquals(AgentStatus.LOGGED_OUT, status());
        agents.choose(sales, "id101", "LUNCH");
        phones.onCall.clear();
        phones.online.add("101");
        assertEquals(AgentStatus.LUNCH, status());
    }

    @Test
    void a_queue_is_online_while_somebody_could_answer() {
        assertTrue(agents.anyOnline(sales));
        agents.choose(sales, "id101", "LOGGED_OUT");
        assertTrue(agents.anyOnline(sales));
        phones.online.remove("102");
        assertFalse(agents.anyOnline(sales));
        queues.replaceAgents(ADMIN, sales, Json.parse("null"));
        phones.online.add("102");
        assertFalse(agents.anyOnline(sales), "nobody is there at all");
    }

    @Test
    void who_stays_in_a_new_list_keeps_the_state_and_who_left_does_not() {
        agents.choose(sales, "id101", "BREAK");
        agents.choose(sales, "id102", "LUNCH");
        queues.replaceAgents(ADMIN, sales, Json.parse("[{\"extension_number\":\"103\"},{\"extension_number\":\"101\",\"skill_level\":9}]"));
        phones.online.add("103");
        assertEquals(List.of("103 1 READY", "101 9 BREAK"), agents.of(sales).stream()
                .map(agent -> agent.member().number() + " " + agent.member().skillLevel() + " " + agent.status()).toList());
        assertThrows(ProblemException.class, () -> agents.get(sales, "id102"));
        assertThrows(ProblemException.class, () -> agents.choose(sales, "id102", "READY"));
        queues.replaceAgents(ADMIN, sales, Json.parse("[{\"extension_number\":\"102\"}]"));
        assertEquals(AgentStatus.READY, status(sales, "id102"));
    }

    @Test
    void a_star_code_sets_all_queues_at_once() {
        var support = queue("Support", "701", "{\"agent_auto_ready\": false}");
        assertEquals(2, agents.chooseEverywhere("id101", "LOGGED_OUT"));
        assertEquals(AgentStatus.LOGGED_OUT, status(sales, "id101"));
        assertEquals(AgentStatus.LOGGED_OUT, status(support, "id101"));
        agents.chooseEverywhere("id101", "LOGGED_IN");
        assertEquals(AgentStatus.READY, status(sales, "id101"));
        assertEquals(AgentStatus.NOT_READY, status(support, "id101"));
        assertEquals(0, agents.chooseEverywhere("id103", "READY"));
        assertEquals(AgentStatus.READY, status(sales, "id102"), "others are left alone");
    }

    @Test
    void after_a_call_of_ones_own_an_agent_is_not_ready_where_the_queue_wants_it() {
        var support = queue("Support", "701", "{\"agent_auto_not_ready_after_non_acd_call\": false}");
        engine.queueCalls.add("call-1");
        agents.afterCall("call-1", "101");
        assertEquals(AgentStatus.READY, status(sales, "id101"), "that call came through a queue");
        agents.afterCall("call-2", "101");
        assertEquals(AgentStatus.NOT_READY, status(sales, "id101"));
        assertEquals(AgentStatus.READY, status(support, "id101"));
        agents.choose(sales, "id102", "LUNCH");
        agents.afterCall("call-3", "102");
        assertEquals(AgentStatus.LUNCH, status(sales, "id102"), "who was not ready anyway stays as it was");
        agents.afterCall("call-4", "999");
    }

    @Test
    void changes_are_told_once_each_with_what_holds_now() {
        agents.choose(sales, "id101", "BREAK");
        agents.choose(sales, "id101", "BREAK");
        phones.online.clear();
        agents.choose(sales, "id101", "READY");
        phones.online.add("101");
        agents.observe("101");
        agents.choose(sales, "id102", "LOGGED_OUT");
        agents.observe("102");
        agents.observe("103");
        agents.observe("999");
        assertEquals(List.of(new AgentStatusChanged(sales, "700", "101", AgentStatus.BREAK), new AgentStatusChanged(sales, "700", "101", AgentStatus.OFFLINE),
                new AgentStatusChanged(sales, "700", "101", AgentStatus.READY), new AgentStatusChanged(sales, "700", "102", AgentStatus.LOGGED_OUT)),
                bench.told(AgentStatusChanged.class));
        assertEquals(List.of(new QueueEvent.AgentsChanged(sales, "700")), bench.told(QueueEvent.AgentsChanged.class));
    }

    @Test
    void another_hand_is_in_the_audit_log_and_ones_own_is_not() {
        agents.choose(sales, "id101", "BREAK");
        agents.set(ADMIN, sales, "id101", "READY");
        assertEquals(List.of("{\"agent\":\"101\",\"status\":\"READY\"}"), bench.store.read(tx -> tx.list(
                "SELECT new_state FROM audit WHERE object_type = 'CALL_QUEUE' AND object_name = 'Sales' AND new_state LIKE '%status%'", row -> row.getString(1))));
    }

    @Test
    void a_call_finds_the_queue_by_its_number_with_all_it_needs() {
        queue("Night desk", "702", """
                {"polling_strategy": "LEAST_WORKED_HUNT", "max_callers": 5, "enable_sticky_routing": true,
                 "sticky_routing_duration": 3, "night_mode_forward_rule": {"action": "HANGUP"}, "callback_mode": "TIMEOUT", "callback_timeout": 60,
                 "enable_callback": true, "callback_outbound_prefix": "0", "intro_type": "FULL"}""");
        var queue = queues.byNumber("702").orElseThrow();
        assertEquals(Strategy.LEAST_WORKED_HUNT, queue.strategy());
        assertEquals(Duration.ofSeconds(20), queue.ringTime());
        assertEquals(Duration.ofMinutes(5), queue.maxWaitingTime());
        assertEquals(5, queue.maxCallers());
        assertEquals(new CallQueue.Announcements("", CallQueue.Intro.FULL, "", CallQueue.InformPosition.DISABLE, Duration.ofSeconds(10)),
                queue.announcements());
        assertEquals(new CallQueue.Callback(true, CallQueue.Callback.Mode.TIMEOUT, Duration.ofMinutes(1), "0"), queue.callback());
        assertEquals(Optional.of(Duration.ofDays(3)), queue.stickyFor());
        assertEquals(ForwardRule.HANG_UP, queue.noAnswer());
        assertEquals(Optional.of(ForwardRule.HANG_UP), queue.nightMode());
        assertEquals(Optional.empty(), queues.byNumber("101"));
    }

    @Test
    void a_waiting_caller_is_listed_and_picked_up_by_who_asks() {
        var now = Instant.parse("2026-03-01T10:00:00Z");
        var routes = new Bound(new QueueRoutes(queues, agents, engine, bench.users, Clock.fixed(now, java.time.ZoneOffset.UTC)));
        engine.waiting.add(new QueueLive.Waiting("session-1", "+49301", "Ann", now.minusSeconds(42)));
        assertEquals("{\"items\":[{\"session_id\":\"session-1\",\"extension_number\":\"+49301\",\"display_name\":\"Ann\",\"waiting_time\":42}]}",
                routes.call("getQueueWaitingList", "id102", "id", sales).toString());
        routes.call("pickupQueueWaiting", "id102", "id", sales, "session_id", "session-1");
        assertEquals(sales + " session-1 102", engine.pickedUp);
        assertThrows(ProblemException.class, () -> routes.call("pickupQueueWaiting", "id102", "id", sales, "session_id", "session-2"));
        assertThrows(ProblemException.class, () -> routes.call("pickupQueueWaiting", "id103", "id", sales, "session_id", "session-1"), "no agent of it");
    }
}
