package gatehouse.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Graph's delta queries over users and contacts: pages with {@code @odata.nextLink}, a {@code @odata.deltaLink} at the end, tombstones, changes of
 * users that name only what changed, and forgetting (410). Collections are {@code users} and {@code users/<id>/contacts}. Thread-safe.
 */
public final class GraphDeltas {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 3;

    private record Change(long number, String id, Set<String> fields) { }

    private static final class Collection {
        private final Map<String, ObjectNode> items = new TreeMap<>();
        private final List<Change> changes = new ArrayList<>();
    }

    private final Map<String, Collection> collections = new TreeMap<>();
    private final Deque<HttpDouble.Answer> faults = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final Map<String, String> photos = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private long number;
    private int epoch;

    public synchronized void put(String collection, String id, ObjectNode fields) {
        var into = collections.computeIfAbsent(collection, _ -> new Collection());
        var names = new LinkedHashSet<String>();
        fields.fieldNames().forEachRemaining(names::add);
        into.items.computeIfAbsent(id, _ -> JSON.createObjectNode().put("id", id)).setAll(fields);
        into.changes.add(new Change(++number, id, names));
    }

    public synchronized void remove(String collection, String id) {
        var from = collections.get(collection);
        from.items.remove(id);
        from.changes.add(new Change(++number, id, Set.of()));
    }

    public synchronized List<JsonNode> items(String collection) {
        return collections.containsKey(collection) ? List.copyOf(collections.get(collection).items.values()) : List.of();
    }

    /** Nothing is there, and links given so far lead nowhere. */
    public synchronized void clear() {
        collections.clear();
        faults.clear();
        asked.clear();
        photos.clear();
        epoch++;
    }

    /** The picture of an account, whose own text is its tag; null for none. */
    public void photo(String id, String picture) {
        photos.compute(id, (_, _) -> picture);
    }

    /** Several requests for pictures' tags in one. */
    HttpDouble.Answer batch(JsonNode requests) {
        var answer = JSON.createObjectNode();
        var responses = answer.putArray("responses");
        for (var request : requests.get("requests")) {
            var picture = photos.get(request.get("url").asText().split("/")[2]);
            var one = responses.addObject().put("id", request.get("id").asText()).put("status", picture == null ? 404 : 200);
            one.putObject("body").put("@odata.mediaEtag", picture == null ? null : "W/\"" + picture.hashCode() + "\"");
        }
        return new HttpDouble.Answer(requests.get("requests").size() > 20 ? 400 : 200, answer.toString());
    }

    HttpDouble.Answer photo(String id) {
        asked("photo of " + id);
        return photos.containsKey(id) ? new HttpDouble.Answer(200, photos.get(id)) : new HttpDouble.Answer(404, "");
    }

    private synchronized void asked(String what) {
        asked.add(what);
    }

    /** Links given so far lead nowhere any more. */
    public synchronized void forget() {
        epoch++;
    }

    /** The next question is answered so. */
    public synchronized void failOnce(HttpDouble.Answer fault) {
        faults.add(fault);
    }

    /** Questions so far, without their host. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** The first question with {@code part} in it is not answered before the result counts down. */
    public CountDownLatch hold(String part) {
        var latch = new CountDownLatch(1);
        held.put(part, latch);
        return latch;
    }

    HttpDouble.Answer answer(String base, String path) {
        waitWhileHeld(path);
        synchronized (this) {
            asked.add(path);
            if (!faults.isEmpty()) {
                return faults.poll();
            }
            var collection = path.substring(1, path.indexOf("/delta?"));
            var query = path.substring(path.indexOf('?') + 1);
            return collection.equals("users") || collections.containsKey(collection) ? page(base, collection, query)
                    : new HttpDouble.Answer(404, "{\"error\": {\"code\": \"MailboxNotEnabledForRESTAPI\", \"message\": \"No mailbox\"}}");
        }
    }

    private void waitWhileHeld(String path) {
        held.keySet().stream().filter(path::contains).findFirst().map(held::remove).ifPresent(latch -> {
            try {
                latch.await(20, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** A token is {@code epoch_since_start_after}: changes since a number (−1: all there is), of a round that began at another, after an id. */
    private HttpDouble.Answer page(String base, String name, String query) {
        var token = query.startsWith("$token=") ? query.substring("$token=".length()).split("_", 4) : new String[] {"" + epoch, "-1", "" + number, ""};
        if (Integer.parseInt(token[0]) != epoch) {
            return new HttpDouble.Answer(410, "{\"error\": {\"code\": \"resyncRequired\", \"message\": \"Too old\"}}");
        }
        var since = Long.parseLong(token[1]);
        var collection = collections.computeIfAbsent(name, _ -> new Collection());
        var ids = (since < 0 ? collection.items.keySet().stream() : collection.changes.stream().filter(change -> change.number > since).map(Change::id))
                .distinct().sorted().filter(id -> id.compareTo(token[3]) > 0).toList();
        var body = JSON.createObjectNode();
        var value = body.putArray("value");
        ids.stream().limit(PAGE).forEach(id -> value.add(item(collection, id, since, name.equals("users"))));
        var link = base + "/graph/v1.0/" + name + "/delta?$token=" + epoch + "_";
        if (ids.size() > PAGE) {
            body.put("@odata.nextLink", link + since + "_" + token[2] + "_" + ids.get(PAGE - 1));
        } else {
            body.put("@odata.deltaLink", link + token[2] + "_" + number + "_");
        }
        return new HttpDouble.Answer(200, body.toString());
    }

    private static ObjectNode item(Collection collection, String id, long since, boolean partly) {
        var item = collection.items.get(id);
        if (item == null) {
            var gone = JSON.createObjectNode().put("id", id);
            gone.putObject("@removed").put("reason", "deleted");
            return gone;
        }
        if (since < 0 || !partly) {
            return item.deepCopy();
        }
        var told = JSON.createObjectNode().put("id", id);
        collection.changes.stream().filter(change -> change.number > since && change.id.equals(id)).flatMap(change -> change.fields.stream())
                .forEach(field -> told.set(field, item.get(field)));
        return told;
    }
}
