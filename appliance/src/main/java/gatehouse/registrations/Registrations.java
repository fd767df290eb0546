package gatehouse.registrations;

import gatehouse.core.Events;
import gatehouse.core.Timers;
import gatehouse.sip.Registrar;
import gatehouse.store.StoreException;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;

/**
 * The registrar. Bindings live in memory and follow on disk in batches, so that 1,000 phones coming back at once cost a handful of
 * disk syncs and not 1,000. Thread-safe.
 */
public final class Registrations implements Registrar, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Registrations.class.getName());
    private static final int SHORTEST_SECONDS = 60; // RFC 3261 10.2.1.1 lets a registrar refuse what would flood it
    private static final int MOST_BINDINGS = 10; // an extension: more ring at once than a person owns
    private static final Duration BATCH = Duration.ofMillis(500);
    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final RegistrationStore store;
    private final Events events;
    private final Clock clock;
    private final Timers timers;
    private final IntSupplier longestSeconds;
    private final Map<String, Map<String, Binding>> byNumber = new HashMap<>();
    private final Set<String> unsaved = new HashSet<>();
    private Timers.Timer saving;
    private Timers.Timer sweeping;

    /** @param longestSeconds for how long a phone may register at once */
    public Registrations(RegistrationStore store, Events events, Clock clock, Timers timers, IntSupplier longestSeconds) {
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.timers = timers;
        this.longestSeconds = longestSeconds;
        var now = clock.instant();
        store.all().stream().filter(binding -> binding.expiresAt().isAfter(now)).forEach(binding -> of(binding.extensionNumber()).put(binding.instanceId(), binding));
        sweeping = timers.after(SWEEP, this::sweep);
    }

    private Map<String, Binding> of(String number) {
        return byNumber.computeIfAbsent(number, _ -> new LinkedHashMap<>());
    }

    @Override
    public synchronized Outcome register(Registration asked) {
        var tooBrief = asked.contacts().stream().anyMatch(contact -> contact.expires() > 0 && contact.expires() < SHORTEST_SECONDS);
        if (tooBrief) {
            return new Outcome.TooBrief(SHORTEST_SECONDS);
        }
        var wasOnline = byNumber.containsKey(asked.extensionNumber());
        var bindings = of(asked.extensionNumber());
        if (asked.removeAll()) {
            bindings.clear();
        }
        for (var contact : asked.contacts()) {
            bind(bindings, asked, contact);
            if (bindings.size() > MOST_BINDINGS) {
                bindings.remove(key(contact));
                return new Outcome.TooMany(MOST_BINDINGS);
            }
        }
        settle(asked.extensionNumber(), wasOnline);
        if (asked.removeAll() || !asked.contacts().isEmpty()) {
            save(asked.extensionNumber());
        }
        return new Outcome.Bound(listed(asked.extensionNumber()));
    }

    private static String key(Contact contact) {
        return contact.instanceId().isEmpty() ? contact.uri() : contact.instanceId();
    }

    private void bind(Map<String, Binding> bindings, Registration asked, Contact contact) {
        if (contact.expires() == 0) {
            bindings.remove(key(contact));
            return;
        }
        // A phone that restarts behind the same address without an instance id must not ring twice.
        bindings.values().removeIf(old -> old.flow().equals(asked.flow()) && !old.instanceId().equals(key(contact)));
        var expires = clock.instant().plusSeconds(Math.min(contact.expires(), longestSeconds.getAsInt()));
        bindings.put(key(contact), new Binding(asked.extensionNumber(), key(contact), contact.uri(), asked.flow(), asked.userAgent(), asked.mac(),
                asked.callId(), asked.cseq(), expires));
    }

    private List<Contact> listed(String number) {
        var now = clock.instant();
        return bindings(number).stream().map(binding -> new Contact(binding.contact(),
                (int) Math.max(1, Duration.between(now, binding.expiresAt()).toSeconds()),
                binding.instanceId().equals(binding.contact()) ? "" : binding.instanceId())).toList();
    }

    /** The bindings that hold now; empty when the extension is offline. */
    public synchronized List<Binding> bindings(String extensionNumber) {
        var now = clock.instant();
        return byNumber.getOrDefault(extensionNumber, Map.of()).values().stream().filter(binding -> binding.expiresAt().isAfter(now)).toList();
    }

    public boolean online(String extensionNumber) {
        return !bindings(extensionNumber).isEmpty();
    }

    /** How many user agents are registered. */
    public synchronized int count() {
        return byNumber.values().stream().mapToInt(Map::size).sum();
    }

    /** Forgets every binding of an extension that is no more, or whose secret changed. */
    public synchronized void forget(String extensionNumber) {
        if (byNumber.remove(extensionNumber) != null) {
            events.publish(new RegistrationChanged(extensionNumber, false));
            save(extensionNumber);
        }
    }

    /** Forgets one user agent of an extension; it is called again once it registers anew. @return whether it was there */
    public synchronized boolean drop(String extensionNumber, String instanceId) {
        var bindings = byNumber.get(extensionNumber);
        if (bindings == null || bindings.remove(instanceId) == null) {
            return false;
        }
        settle(extensionNumber, true);
        save(extensionNumber);
        return true;
    }

    private void settle(String number, boolean wasOnline) {
        if (byNumber.get(number).isEmpty()) {
            byNumber.remove(number);
        }
        if (byNumber.containsKey(number) != wasOnline) {
            events.publish(new RegistrationChanged(number, !wasOnline));
        }
    }

    private synchronized void sweep() {
        var now = clock.instant();
        for (var number : List.copyOf(byNumber.keySet())) {
            if (byNumber.get(number).values().removeIf(binding -> !binding.expiresAt().isAfter(now))) {
                settle(number, true);
                save(number);
            }
        }
        sweeping = timers.after(SWEEP, this::sweep);
    }

    private void save(String number) {
        unsaved.add(number);
        if (saving == null) {
            saving = timers.after(BATCH, this::flush);
        }
    }

    /** Writes what changed since the last time; on failure it stays to be written and the box goes on. */
    private void flush() {
        List<String> numbers;
        var bindings = new ArrayList<Binding>();
        synchronized (this) {
            saving = null;
            numbers = List.copyOf(unsaved);
            unsaved.clear();
            numbers.forEach(number -> bindings.addAll(byNumber.getOrDefault(number, Map.of()).values()));
        }
        try {
            store.replace(numbers, bindings);
        } catch (StoreException e) {
            LOG.log(Level.ERROR, "Registrations could not be saved; they are kept in memory and tried again", e);
            synchronized (this) {
                numbers.forEach(this::save);
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            sweeping.cancel();
            if (saving != null) {
                saving.cancel();
            }
        }
        flush();
    }
}
