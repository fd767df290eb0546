package gatehouse.core;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Carries events from the capability that tells them to those that listen, in the order told, on one thread of its own.
 * Publishing never blocks and never runs a listener on the publisher's thread; a listener that throws costs that delivery only.
 */
public final class Events implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Events.class.getName());
    private static final Event END = new Event() { };

    /** One listener; closing it ends its deliveries. */
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    private record Listener(Class<?> kind, Consumer<Event> consumer) { }

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Event> queue = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform().name("events").daemon().start(this::deliver);

    public void publish(Event event) {
        queue.add(event);
    }

    /** Calls {@code consumer} for each event that is a {@code kind}, from now on. */
    public <E> Subscription on(Class<E> kind, Consumer<? super E> consumer) {
        var listener = new Listener(kind, event -> consumer.accept(kind.cast(event)));
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    private void deliver() {
        try {
            for (var event = queue.take(); event != END; event = queue.take()) {
                for (var listener : listeners) {
                    tell(listener, event);
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void tell(Listener listener, Event event) {
        if (!listener.kind.isInstance(event)) {
            return;
        }
        try {
            listener.consumer.accept(event);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A listener failed on " + event.getClass().getSimpleName(), e);
        }
    }

    /** Delivers what was published so far, then stops; waits at most five seconds. */
    @Override
    public void close() {
        queue.add(END);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
