package gatehouse.callerlists;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.hunting.Group;
import gatehouse.hunting.Member;
import gatehouse.queues.Queues;
import gatehouse.resources.Keeping;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who serves an exclusive number, queue by queue. Thread-safe. */
public final class ExclusiveAgents {
    private final CallerLists lists;
    private final CallerListStore store;
    private final Queues queues;
    private final Users users;
    private final Keeping keeping;

    public ExclusiveAgents(CallerLists lists, CallerListStore store, Queues queues, Users users, Keeping keeping) {
        this.lists = lists;
        this.store = store;
        this.queues = queues;
        this.users = users;
        this.keeping = keeping;
    }

    /** The number's text. @throws gatehouse.core.ProblemException NOT_FOUND */
    private String number(Tx tx, String id) {
        return lists.exclusive().get(tx, Resources.COMPANY, id).text("number");
    }

    List<Group> queues(String id) {
        return keeping.store().read(tx -> {
            number(tx, id);
            return queues.named(tx, store.queues(tx, id));
        });
    }

    List<User> agents(String id, String queueId) {
        return keeping.store().read(tx -> {
            number(tx, id);
            queues.get(tx, queueId);
            return store.agents(tx, id, queueId).stream().map(users::byId).flatMap(Optional::stream).toList();
        });
    }

    /** @param items the extension numbers of agents of the queue, in order; null for nobody. @throws gatehouse.core.ProblemException with each that is none */
    void replace(Actor actor, String id, String queueId, JsonNode items) {
        keeping.store().write(tx -> {
            var number = number(tx, id);
            var queue = queues.get(tx, queueId);
            var wanted = wanted(queue, queues.agents(tx, queueId), items);
            save(tx, actor, id, number, queue, wanted);
            return null;
        });
    }

    private static List<String> wanted(Group queue, List<Member> agents, JsonNode items) {
        Map<String, String> byNumber = agents.stream().collect(Collectors.toMap(Member::number, Member::userId));
        var problems = new Problems();
        var wanted = new ArrayList<String>();
        for (int i = 0; i < items.size(); i++) {
            var extension = items.get(i).asText();
            var field = "items[" + i + "]";
            var userId = byNumber.get(extension);
            problems.addIf(userId == null, field, "unknown", extension + " is no agent of " + queue.name() + "; make it one first.");
            problems.addIf(userId != null && wanted.contains(userId), field, "unique", extension + " is there twice; name it once.");
            wanted.add(userId);
        }
        problems.check();
        return wanted;
    }

    private void save(Tx tx, Actor actor, String id, String number, Group queue, List<String> wanted) {
        var before = described(queue, store.agents(tx, id, queue.id()));
        store.replaceAgents(tx, id, queue.id(), wanted);
        keeping.audit().record(tx, actor, Action.UPDATE, CallerLists.EXCLUSIVE_OBJECT, number, before, described(queue, wanted));
    }

    private String described(Group queue, List<String> userIds) {
        var agents = JsonNodeFactory.instance.arrayNode();
        userIds.forEach(userId -> users.byId(userId).flatMap(User::extensionNumber).ifPresent(agents::add));
        return Json.object().put("queue", queue.name()).<ObjectNode>set("agents", agents).toString();
    }

    void clear(Actor actor, String id, String queueId) {
        keeping.store().write(tx -> {
            var number = number(tx, id);
            var queue = queues.get(tx, queueId);
            if (store.agents(tx, id, queueId).isEmpty()) {
                throw Problem.notFound("agent of " + queue.name() + " for " + number).raise();
            }
            save(tx, actor, id, number, queue, List.of());
            return null;
        });
    }
}
