package gatehouse.queues;

import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problem;
import gatehouse.hunting.Member;
import gatehouse.queues.AgentStore.Seat;
import gatehouse.resources.Keeping;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How agents are, queue by queue. Thread-safe. */
public final class Agents {
    private final Queues queues;
    private final Keeping keeping;
    private final Users users;
    private final Lines lines;
    private final QueueLive live;
    private final AgentStore store = new AgentStore();

    public Agents(Queues queues, Keeping keeping, Users users, Lines lines, QueueLive live) {
        this.queues = queues;
        this.keeping = keeping;
        this.users = users;
        this.lines = lines;
        this.live = live;
    }

    /** A queue's agents in order. */
    public List<Agent> of(String queueId) {
        return keeping.store().read(tx -> {
            var states = store.states(tx, queueId);
            return queues.members().of(tx, queueId).stream().map(member -> agent(queueId, member, states.get(member.userId()))).toList();
        });
    }

    private Agent agent(String queueId, Member member, AgentState state) {
        return new Agent(member, state, status(queueId, member.number(), state));
    }

    private AgentStatus status(String queueId, String number, AgentState state) {
        return state == AgentState.LOGGED_OUT ? AgentStatus.LOGGED_OUT
                : live.serves(queueId, number) ? AgentStatus.QUEUE_CALL
                : lines.onCall(number) ? AgentStatus.OTHER_CALL
                : lines.online(number) ? AgentStatus.valueOf(state.name()) : AgentStatus.OFFLINE;
    }

    /** @throws gatehouse.core.ProblemException NOT_FOUND */
    Agent get(String queueId, String userId) {
        return keeping.store().read(tx -> {
            var seat = seat(tx, queueId, userId);
            var member = queues.members().byUser(tx, queueId, userId).orElseThrow(() -> missing().raise());
            return agent(queueId, member, seat.state());
        });
    }

    private Seat seat(Tx tx, String queueId, String userId) {
        return store.of(tx, queueId, userId).orElseThrow(() -> missing().raise());
    }

    private static Problem missing() {
        return Problem.notFound("agent of this queue");
    }

    boolean isAgent(String queueId, String userId) {
        return keeping.store().read(tx -> store.of(tx, queueId, userId)).isPresent();
    }

    /** Whether a caller could be served: an agent is signed in and has a phone that is online. */
    public boolean anyOnline(String queueId) {
        return of(queueId).stream().anyMatch(agent -> agent.status() != AgentStatus.LOGGED_OUT && agent.status() != AgentStatus.OFFLINE);
    }

    /** By the agent's own hand. @param word an {@link AgentState} or LOGGED_IN; @throws gatehouse.core.ProblemException NOT_FOUND */
    public void choose(String queueId, String userId, String word) {
        keeping.store().write(tx -> {
            var seat = seat(tx, queueId, userId);
            change(tx, user(userId), Map.of(seat, AgentState.of(word, seat.autoReady())));
            return null;
        });
    }

    /** In all queues of an agent. @return how many queues that are */
    public int chooseEverywhere(String userId, String word) {
        return keeping.store().write(tx -> {
            var wanted = new LinkedHashMap<Seat, AgentState>();
            store.of(tx, userId).forEach(seat -> wanted.put(seat, AgentState.of(word, seat.autoReady())));
            if (!wanted.isEmpty()) {
                change(tx, user(userId), wanted);
            }
            return wanted.size();
        });
    }

    /** By another's hand, which the audit log tells. */
    void set(Actor actor, String queueId, String userId, String word) {
        keeping.store().write(tx -> {
            var seat = seat(tx, queueId, userId);
            var state = AgentState.of(word, seat.autoReady());
            var user = user(userId);
            change(tx, user, Map.of(seat, state));
            keeping.audit().record(tx, actor, Action.UPDATE, Queues.OBJECT, queues.get(tx, queueId).name(), described(user, seat.state()), described(user, state));
            return null;
        });
    }

    private static String described(User user, AgentState state) {
        return Json.object().put("agent", user.extensionNumber().orElse("")).put("status", state.name()).toString();
    }

    private User user(String userId) {
        return users.byId(userId).orElseThrow(() -> missing().raise());
    }

    private void change(Tx tx, User user, Map<Seat, AgentState> wanted) {
        var changed = wanted.entrySet().stream().filter(one -> one.getKey().state() != one.getValue()).toList();
        changed.stream().collect(Collectors.groupingBy(Map.Entry::getValue, Collectors.mapping(one -> one.getKey().queueId(), Collectors.toList())))
                .forEach((state, queueIds) -> store.setOf(tx, user.id(), queueIds, state));
        tx.afterCommit(() -> changed.forEach(one -> tell(one.getKey(), user, one.getValue())));
    }

    private void tell(Seat seat, User user, AgentState state) {
        var number = user.extensionNumber().orElse("");
        keeping.events().publish(new QueueEvent.AgentStatusChanged(seat.queueId(), seat.queueNumber(), number, status(seat.queueId(), number, state)));
    }

    /** The phones of an extension came, went, or are on another call than before: tells how its user is now, in each queue. */
    public void observe(String extensionNumber) {
        users.byNumber(extensionNumber).ifPresent(user -> seats(user).stream().filter(seat -> seat.state() != AgentState.LOGGED_OUT)
                .forEach(seat -> tell(seat, user, seat.state())));
    }

    private List<Seat> seats(User user) {
        return keeping.store().read(tx -> store.of(tx, user.id()));
    }

    /** After a call that came through no queue an agent is not ready, where the queue wants it so: there may be something to write down. */
    public void afterCall(String callId, String extensionNumber) {
        var user = live.isQueueCall(callId) ? Optional.<User>empty() : users.byNumber(extensionNumber);
        user.filter(who -> seats(who).stream().anyMatch(Agents::becomesNotReady)).ifPresent(who -> keeping.store().write(tx -> {
            change(tx, who, store.of(tx, who.id()).stream().filter(Agents::becomesNotReady).collect(Collectors.toMap(seat -> seat, _ -> AgentState.NOT_READY)));
            return null;
        }));
    }

    private static boolean becomesNotReady(Seat seat) {
        return seat.state() == AgentState.READY && seat.autoNotReady();
    }
}
