package gatehouse.webhooks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Timers;
import gatehouse.remote.RemoteApi;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * The company's hooks. What is told is kept on the disk and posted from there, so a restart loses nothing; what is told while the disk works is
 * written with the next transaction. Nothing is kept for a hook that is off. Thread-safe; telling never blocks.
 */
public final class Webhooks implements AutoCloseable {
    static final int MOST = 5_000; // of each hook: a day of a busy office, about 5 MB
    private static final int MOST_AT_ONCE = 200;

    /** What it works with. @param settings the company's, with passwords and tokens in clear @param running runs what blocks while a receiver takes its time */
    public record Parts(Supplier<? extends JsonNode> settings, RemoteApi remote, Events events, Timers timers, Clock clock, Ids ids, Executor running) { }

    private record Told(Hook hook, String type, String body, Instant at) { }

    private final WebhookStore store;
    private final Parts parts;
    private final Map<Hook, Queue> queues = new EnumMap<>(Hook.class);
    private final Map<Hook, Boolean> full = new EnumMap<>(Hook.class); // guarded by this
    private final LinkedBlockingQueue<Told> told = new LinkedBlockingQueue<>(MOST);
    private volatile Map<Hook, Target> targets = Map.of();
    private volatile boolean closed;

    /** @param toThisMachine whether hooks may lead to loopback */
    public Webhooks(WebhookStore store, Parts parts, boolean toThisMachine) {
        this.store = store;
        this.parts = parts;
        for (var hook : Hook.values()) {
            queues.put(hook, new Queue(hook, store, () -> Optional.ofNullable(targets.get(hook)), new Courier(parts.remote, toThisMachine, parts.ids), parts));
        }
        read();
    }

    /** The company's settings may be others now: what waits is worth a try. */
    public void changed() {
        read();
        queues.values().forEach(Queue::wake);
    }

    private void read() {
        var settings = parts.settings.get();
        var now = new EnumMap<Hook, Target>(Hook.class);
        for (var hook : Hook.values()) {
            Target.of(settings.path(hook.field())).ifPresent(target -> now.put(hook, target));
        }
        targets = now;
    }

    /** Posts what a restart left. */
    public void start() {
        queues.values().forEach(Queue::wake);
    }

    /** Whether anybody wants to hear of it. */
    public boolean wants(Hook hook) {
        return targets.containsKey(hook);
    }

    /** Keeps an event until the hook's receiver has taken it. */
    public void tell(Hook hook, ObjectNode body) {
        if (closed || !wants(hook)) {
            return;
        }
        if (told.offer(new Told(hook, body.path("event_type").asText(""), body.toString(), parts.clock.instant()))) {
            parts.running.execute(this::keep);
        } else {
            isFull(hook, true);
        }
    }

    /** As much as there is, in one transaction; one at a time, so that the order stays. */
    private synchronized void keep() {
        var batch = new ArrayList<Told>();
        while (told.drainTo(batch, MOST_AT_ONCE) > 0) {
            var kept = store.write(tx -> {
                var hooks = new ArrayList<Hook>();
                for (var hook : Hook.values()) {
                    var mine = batch.stream().filter(one -> one.hook == hook).toList();
                    var room = mine.isEmpty() ? 0 : Math.max(0, MOST - store.count(tx, hook));
                    mine.stream().limit(room).forEach(one -> store.put(tx, hook, one.type, one.body, one.at));
                    if (!mine.isEmpty()) {
                        isFull(hook, room < mine.size());
                        hooks.add(hook);
                    }
                }
                return List.copyOf(hooks);
            });
            kept.forEach(hook -> queues.get(hook).news());
            batch.clear();
        }
    }

    private void isFull(Hook hook, boolean now) {
        synchronized (full) {
            if (!Boolean.valueOf(now).equals(full.put(hook, now)) && now) {
                parts.events.publish(new WebhookEvent.Full(hook.field()));
            }
        }
    }

    /** No more is posted after the events on their way. */
    public void stop() {
        queues.values().forEach(Queue::stop);
    }

    /** Keeps what was told, and waits for the events on their way; those that broke off are posted again after the start. */
    @Override
    public void close() {
        closed = true;
        keep();
        queues.values().forEach(Queue::close);
    }
}
