package gatehouse.topics;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What one client subscribed to. Thread-safe. */
final class Subscriptions {
    /** Instead of numbers: all there are. */
    static final String ALL = "";

    private final Map<Topic, Set<String>> numbers = new EnumMap<>(Topic.class);

    synchronized void add(Topic topic, Set<String> of) {
        numbers.computeIfAbsent(topic, _ -> new HashSet<>()).addAll(of);
    }

    /** @param of none for the whole topic */
    synchronized void remove(Topic topic, Set<String> of) {
        if (of.isEmpty()) {
            numbers.remove(topic);
        } else if (numbers.containsKey(topic)) {
            numbers.get(topic).removeAll(of);
        }
    }

    synchronized boolean has(Notice notice) {
        var subscribed = numbers.getOrDefault(notice.topic(), Set.of());
        return subscribed.contains(ALL) || subscribed.contains(notice.number());
    }

    synchronized int size() {
        return numbers.values().stream().mapToInt(Set::size).sum();
    }
}
