package gatehouse.topics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Caller;
import gatehouse.api.Json;
import gatehouse.api.SocketRoutes;
import gatehouse.core.Problem;
import gatehouse.core.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One client: signs in, subscribes, hears. */
final class TopicTalk implements SocketRoutes.Talk {
    private static final int MOST_NAMED = 4_000; // extensions and queues of one client; the box has a thousand of each
    private static final int LONGEST_SHOWN = 64;

    private final SocketRoutes.Peer peer;
    private final TopicRoutes topics;
    private final Subscriptions subscriptions = new Subscriptions();
    private volatile Optional<Identity> identity = Optional.empty();
    private int answered;

    TopicTalk(SocketRoutes.Peer peer, TopicRoutes topics) {
        this.peer = peer;
        this.topics = topics;
    }

    @Override
    public void heard(ObjectNode message) {
        var command = message.path("command").asText("");
        try {
            var pushes = switch (command) {
                case "auth" -> signIn(message);
                case "subscribe" -> subscribe(message);
                case "unsubscribe" -> unsubscribe(message);
                default -> throw refused("There is no command " + shown(command) + ". Say auth, subscribe or unsubscribe.");
            };
            peer.send(answer(message, command).put("status", 0));
            pushes.forEach(peer::send);
        } catch (ProblemException e) {
            peer.send(answer(message, command).put("error", e.getMessage()).put("status", -1));
        }
    }

    private ObjectNode answer(ObjectNode message, String command) {
        answered++;
        return Json.object().put("command", shown(command)).put("id", shown(message.path("id").asText(Integer.toString(answered))));
    }

    private static String shown(String text) {
        return text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) : text;
    }

    private static ProblemException refused(String why) {
        return Problem.of(Problem.Code.VALIDATE_FAILED, why).raise();
    }

    private List<ObjectNode> signIn(ObjectNode message) {
        switch (topics.doorman().admit(message, peer.address())) {
            case Doorman.Outcome.In(var who) -> identity = Optional.of(who);
            case Doorman.Outcome.Refused(var why) -> throw refused(why);
        }
        return List.of();
    }

    private Caller caller() {
        return identity.flatMap(who -> who.caller().get()).orElseThrow(() -> refused("Sign in first: send the command auth."));
    }

    private List<ObjectNode> subscribe(ObjectNode message) {
        var caller = caller();
        var pushes = new ArrayList<ObjectNode>();
        for (var word : words(message.path("topics"))) {
            var topic = topic(word);
            var numbers = wanted(caller, topic, Topic.isGlobal(word), message);
            if (Topic.isGlobal(word) && !ofThisBox(message.path("tenants"))) {
                continue; // of companies that are not here, there is nothing to tell
            }
            subscriptions.add(topic, numbers); // before the state is read: what happens meanwhile is told twice and never missed
            pushes.addAll(topics.state(topic, numbers));
        }
        return pushes;
    }

    private static Topic topic(String word) {
        return Topic.named(word).orElseThrow(() -> refused("There is no topic " + shown(word) + "."));
    }

    private boolean ofThisBox(JsonNode tenants) {
        var named = words(tenants);
        return named.isEmpty() || named.contains(topics.companyId());
    }

    /** The extensions or queues asked for; all that may be heard of when none is named. */
    private Set<String> wanted(Caller caller, Topic topic, boolean global, ObjectNode message) {
        var named = global ? Set.<String>of() : numbers(topic, message);
        if (subscriptions.size() + named.size() > MOST_NAMED) {
            throw refused("At most " + MOST_NAMED + " extensions and queues can be named. Name none to hear of all.");
        }
        if (topic.open(caller, global)) {
            return named.isEmpty() ? Set.of(Subscriptions.ALL) : named;
        }
        if (named.isEmpty() || !named.stream().allMatch(number -> isOwn(topic, number))) {
            throw refused("Your role does not allow this.");
        }
        return named;
    }

    private static Set<String> numbers(Topic topic, ObjectNode message) {
        return switch (topic) {
            case EXTENSION_EVENTS -> words(message.path("extensions"));
            case QUEUE_EVENTS -> words(message.path("queues"));
            default -> Set.of();
        };
    }

    private boolean isOwn(Topic topic, String number) {
        return switch (topic) {
            case EXTENSION_EVENTS -> identity.flatMap(Identity::number).filter(number::equals).isPresent();
            case QUEUE_EVENTS -> identity.filter(who -> topics.isAgent(who.userId(), number)).isPresent();
            default -> false;
        };
    }

    private List<ObjectNode> unsubscribe(ObjectNode message) {
        caller();
        for (var word : words(message.path("topics"))) {
            var topic = topic(word);
            subscriptions.remove(topic, numbers(topic, message));
        }
        return List.of();
    }

    private static Set<String> words(JsonNode array) {
        var words = new LinkedHashSet<String>();
        array.forEach(word -> words.add(word.asText()));
        words.remove(Subscriptions.ALL);
        return words;
    }

    /** On the events' thread. What it may hear is asked anew: a role can change, an agent can leave. */
    void tell(Notice notice) {
        if (subscriptions.has(notice) && identity.flatMap(who -> who.caller().get())
                .filter(caller -> notice.topic().open(caller, false) || isOwn(notice.topic(), notice.number())).isPresent()) {
            peer.send(notice.body());
        }
    }

    @Override
    public boolean mayStay() {
        return identity.flatMap(who -> who.caller().get()).isPresent();
    }

    @Override
    public void closed() {
        topics.left(this);
    }
}
