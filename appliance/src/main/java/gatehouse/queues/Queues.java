package gatehouse.queues;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.blobs.Files;
import gatehouse.core.Problems;
import gatehouse.hunting.Defaults;
import gatehouse.hunting.ForwardRule;
import gatehouse.hunting.Group;
import gatehouse.hunting.Member;
import gatehouse.hunting.Members;
import gatehouse.hunting.OutboundCallerId;
import gatehouse.hunting.Providers;
import gatehouse.numbers.ExtensionNumbers.Owner;
import gatehouse.numbers.NumberKind;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import gatehouse.users.Users;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The rules of call queues and who their agents are; how the agents are, see {@link Agents}. Thread-safe. */
public final class Queues implements Kind.Rules {
    public static final String TABLE = "call_queues";
    static final String OBJECT = "CALL_QUEUE";
    private static final List<String> PROMPTS = List.of("moh_prompt_", "intro_prompt_");
    private static final String NEEDS = "call queue";
    /** As in the API's document, which fills in what a new queue leaves out. */
    private static final ObjectNode DEFAULTS = (ObjectNode) Json.parse("""
            {"polling_strategy": "RING_SIMULTANEOUSLY", "ring_time": 20, "intro_type": "DISABLE", "max_waiting_time": 300,
             "wait_when_no_agents_online": false, "inform_position": "DISABLE", "inform_position_interval": 10, "agent_auto_ready": true,
             "agent_auto_not_ready_after_non_acd_call": true, "sla_time": 0, "enable_callback": false, "callback_mode": "ACTIVE",
             "callback_timeout": 600, "enable_sticky_routing": true, "sticky_routing_duration": 30, "enable_paid": false, "enable_prid": false,
             "extension_number_as_to_header": false}""");

    private final Keeping keeping;
    private final Providers providers;
    private final Files files;
    private final Resources queues;
    private final Members agents;
    private final AgentStore states = new AgentStore();

    public Queues(Keeping keeping, Users users, Providers providers, Files files) {
        this.keeping = keeping;
        this.providers = providers;
        this.files = files;
        this.agents = new Members("call_queue_agents", TABLE, "queue_id", keeping.numbers(), users);
        this.queues = keeping.of(Kind.of(TABLE, OBJECT, "call queue", "name").required("name", "extension_number").unique("name")
                .numbered(NumberKind.CALL_QUEUE).most(1_000).rules(this));
    }

    Resources resources() {
        return queues;
    }

    Members members() {
        return agents;
    }

    /** For calls: the queue that has this number. */
    public Optional<CallQueue> byNumber(String number) {
        return queues.read(tx -> keeping.numbers().owner(tx, number).filter(owner -> owner.kind() == NumberKind.CALL_QUEUE).map(Owner::id)
                .flatMap(id -> queues.find(tx, Resources.COMPANY, id)).map(CallQueue::of));
    }

    /** Every queue, oldest first. */
    public List<Group> all() {
        return queues.all(Resources.COMPANY).stream().map(queue -> new Group(queue.id(), queue.text("name"), queue.text("extension_number"))).toList();
    }

    /** Within a transaction, for what leans on queues. @throws gatehouse.core.ProblemException NOT_FOUND */
    public Group get(Tx tx, String id) {
        var queue = queues.get(tx, Resources.COMPANY, id);
        return new Group(id, queue.text("name"), queue.text("extension_number"));
    }

    /** Those of {@code ids} that exist, by name. */
    public List<Group> named(Tx tx, Collection<String> ids) {
        return states.queues(tx, ids);
    }

    /** Within a transaction, for what leans on agents: who they are, in order. */
    public List<Member> agents(Tx tx, String id) {
        return agents.of(tx, id);
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        for (var rule : List.of("no_answer_forward_rule", "night_mode_forward_rule")) {
            ForwardRule.check(tx, keeping.numbers(), rule, draft.document().path(rule), draft.text("extension_number"), problems);
        }
        OutboundCallerId.check(tx, providers, draft.document().path("outbound_caller_ids"), problems);
        PROMPTS.forEach(prompt -> problems.add(files.checkSound(tx, prompt + "file_id", draft.text(prompt + "file_id"))));
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        files.set(tx, NEEDS, now.id(), PROMPTS.stream().map(prompt -> now.text(prompt + "file_id")).toList());
    }

    @Override
    public void removing(Tx tx, Resource gone) {
        files.release(tx, NEEDS, gone.id());
    }

    String create(Actor actor, ObjectNode fields) {
        return queues.create(actor, Resources.COMPANY, Defaults.inPlaceOfNulls(fields, DEFAULTS)).id();
    }

    void update(Actor actor, String id, ObjectNode changes) {
        queues.update(actor, Resources.COMPANY, id, Defaults.inPlaceOfNulls(changes, DEFAULTS));
    }

    ObjectNode show(String id) {
        var answer = queues.get(Resources.COMPANY, id).json();
        files.describe(List.of(answer), PROMPTS.toArray(String[]::new));
        return answer;
    }

    List<Member> agents(String id) {
        return queues.read(tx -> agents.of(tx, get(tx, id).id()));
    }

    /** Who is new is signed in; who stays keeps the state. @param items the agents in order; null for nobody */
    void replaceAgents(Actor actor, String id, JsonNode items) {
        queues.write(tx -> {
            var queue = queues.get(tx, Resources.COMPANY, id);
            var before = Members.text(agents.of(tx, id));
            var fresh = agents.replace(tx, id, items);
            states.setIn(tx, id, fresh, AgentState.signedIn(queue.document().path("agent_auto_ready").asBoolean()));
            keeping.audit().record(tx, actor, Action.UPDATE, OBJECT, queue.text("name"), before, Members.text(agents.of(tx, id)));
            tx.afterCommit(() -> keeping.events().publish(new QueueEvent.AgentsChanged(id, queue.text("extension_number"))));
            return null;
        });
    }

    /** Those a user is an agent of, by name. */
    List<Group> of(String userId) {
        return queues.read(tx -> agents.groupsOf(tx, userId));
    }
}
