package gatehouse.topics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.SocketRoutes;
import gatehouse.calls.Calls;
import gatehouse.core.Event;
import gatehouse.core.Events;
import gatehouse.hunting.Group;
import gatehouse.presence.Presence;
import gatehouse.queues.Agents;
import gatehouse.queues.QueueLive;
import gatehouse.queues.Queues;
import gatehouse.registrations.Registrations;
import gatehouse.signin.SignIns;
import gatehouse.users.Users;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The topics, at {@code wss://<the box>:8887/api/ws} and {@code /wsi}. Thread-safe. */
public final class TopicRoutes implements SocketRoutes {
    /** Who knows how things are. */
    public record Parts(Users users, Registrations registrations, Presence presence, Calls calls, Queues queues, Agents agents, QueueLive queueLive,
                        String domain) { }

    /** Hears of calls, and of extensions and queues, in the words of the topics, whether a client listens or not; on the events' thread. */
    public interface Follower {
        /** What is told, in two kinds. */
        enum Kind { CALLS, EXTENSIONS }

        boolean wants(Kind kind);

        void hear(Kind kind, ObjectNode body);

        /** Wants nothing. */
        Follower NOBODY = new Follower() {
            @Override
            public boolean wants(Kind kind) {
                return false;
            }

            @Override
            public void hear(Kind kind, ObjectNode body) { }
        };
    }

    private final Doorman doorman;
    private final State state;
    private final Notices notices;
    private final Supplier<String> companyId;
    private final Follower follower;
    private final Set<TopicTalk> talks = ConcurrentHashMap.newKeySet();

    public TopicRoutes(Parts parts, SignIns signIns, Supplier<String> companyId, Follower follower, Events events, Clock clock) {
        this.follower = follower;
        this.doorman = new Doorman(signIns, parts.users, parts.domain);
        this.state = new State(parts);
        this.companyId = companyId;
        this.notices = new Notices(state, companyId, clock);
        events.on(Event.class, this::tell);
    }

    private void tell(Event event) {
        if (!talks.isEmpty() || follower.wants(Follower.Kind.CALLS) || follower.wants(Follower.Kind.EXTENSIONS)) {
            notices.of(event).forEach(notice -> {
                talks.forEach(talk -> talk.tell(notice));
                switch (notice.topic()) {
                    case CDR_EVENTS -> follow(Follower.Kind.CALLS, notice);
                    case EXTENSION_EVENTS, QUEUE_EVENTS -> follow(Follower.Kind.EXTENSIONS, notice);
                    case EXTENSION_MANAGEMENT_EVENTS, QUEUE_MANAGEMENT_EVENTS -> { } // settings are not what hooks are for
                }
            });
        }
    }

    private void follow(Follower.Kind kind, Notice notice) {
        if (follower.wants(kind)) {
            follower.hear(kind, notice.body());
        }
    }

    @Override
    public List<String> paths() {
        return List.of("/api/ws", "/wsi"); // ours, and where existing clients of this API family look
    }

    @Override
    public Talk open(Peer peer) {
        var talk = new TopicTalk(peer, this);
        talks.add(talk);
        return talk;
    }

    void left(TopicTalk talk) {
        talks.remove(talk);
    }

    Doorman doorman() {
        return doorman;
    }

    String companyId() {
        return companyId.get();
    }

    boolean isAgent(String userId, String queueNumber) {
        return state.isAgent(userId, queueNumber);
    }

    /** How what was subscribed to is now. */
    List<ObjectNode> state(Topic topic, Set<String> numbers) {
        var all = numbers.contains(Subscriptions.ALL);
        return switch (topic) {
            case EXTENSION_EVENTS -> List.of(notices.statuses(all ? state.numbers() : List.copyOf(numbers)));
            case QUEUE_EVENTS -> (all ? state.queues().stream().map(Group::number).toList() : List.copyOf(numbers)).stream()
                    .flatMap(number -> notices.queue(number).stream()).toList();
            case QUEUE_MANAGEMENT_EVENTS -> notices.queues();
            case EXTENSION_MANAGEMENT_EVENTS, CDR_EVENTS -> List.of();
        };
    }
}
