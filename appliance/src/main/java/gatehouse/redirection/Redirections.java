package gatehouse.redirection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.core.Timers;
import gatehouse.phones.Phone;
import gatehouse.phones.PhoneEvent;
import gatehouse.redirection.Entry.State;
import gatehouse.redirection.Entry.Want;
import gatehouse.remote.RemoteApi;
import gatehouse.resources.Keeping;
import gatehouse.templates.Template;
import gatehouse.users.UserEvent;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Keeps the makers' services told: compares what phones there are with what each service was told, and tells the difference, one phone at a time.
 * What waits is on disk and survives a restart. A service in trouble rests – a minute, two, four … an hour – and its phones with it; what it was not
 * told within a week is given up, until something changes. Thread-safe.
 */
public final class Redirections implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Redirections.class.getName());
    private static final Duration SETTLE = Duration.ofMillis(500); // a table of 1,000 phones is looked at once
    private static final Duration FIRST_REST = Duration.ofMinutes(1);
    private static final Duration LONGEST_REST = Duration.ofHours(1);
    private static final int MOST_FORGOTTEN = 2_000; // phones that went while their service said no, or was off
    private static final Duration KEPT = Duration.ofDays(7);

    /** What phones there are, and where the box gives files. @param executor runs what blocks while a service takes its time */
    public record Parts(Supplier<List<Phone>> phones, Function<Phone, Template> templates, int httpPort, int httpsPort, RemoteApi remote, Timers timers,
                        Executor executor) { }

    private record Opened(Access access, Redirection service) { }

    /** @param until when the service is asked again */
    record Rest(Instant until, int failures, Trouble trouble, String words) { }

    private final RedirectionStore store;
    private final RedirectServices services;
    private final Parts parts;
    private final Events events;
    private final Clock clock;
    private final Ids ids;
    private final Map<Maker, Rest> resting = new EnumMap<>(Maker.class); // guarded by this
    private final Map<Maker, Opened> open = new EnumMap<>(Maker.class); // guarded by running
    private final ReentrantLock running = new ReentrantLock();
    private Timers.Timer timer; // guarded by this
    private boolean looking; // guarded by this
    private volatile boolean closed;
    private volatile Thread worker;

    public Redirections(Keeping keeping, RedirectionStore store, Parts parts) {
        this.store = store;
        this.parts = parts;
        services = new RedirectServices(keeping);
        events = keeping.events();
        clock = keeping.clock();
        ids = keeping.ids();
        events.on(PhoneEvent.class, _ -> look());
        events.on(UserEvent.Deleted.class, _ -> look()); // takes its phones along without a word of their own
    }

    /** Takes up what the last run left, and what changed since. */
    public void start() {
        look();
    }

    /** Compares soon: many changes together cost one look. */
    public synchronized void look() {
        if (!looking && !closed) {
            looking = true;
            parts.timers.after(SETTLE, () -> parts.executor.execute(() -> {
                synchronized (this) {
                    looking = false;
                }
                work(true);
            }));
        }
    }

    ObjectNode settings(Maker maker) {
        return services.document(maker);
    }

    void update(Actor actor, Maker maker, ObjectNode changes) {
        services.update(actor, maker, changes);
        synchronized (this) {
            resting.remove(maker);
        }
        look();
    }

    /** Whether the credentials open the service, asked now. @throws gatehouse.core.ProblemException CONFLICT while it is off, UNAVAILABLE when not */
    void check(Maker maker) {
        var access = services.access(maker).orElseThrow(() -> Problem.of(Code.CONFLICT, maker.label() + "'s redirect service is off: set it up first.").raise());
        try {
            Redirection.of(line(access)).check();
        } catch (Refusal e) {
            throw Problem.of(Code.UNAVAILABLE, maker.label() + "'s redirect service: " + e.trouble().why() + ". " + e.getMessage() + " " + e.trouble().cure()).raise();
        }
        synchronized (this) {
            resting.remove(maker);
        }
        look();
    }

    synchronized Optional<Rest> rest(Maker maker) {
        return Optional.ofNullable(resting.get(maker)).filter(rest -> rest.until.isAfter(clock.instant()));
    }

    RedirectionStore store() {
        return store;
    }

    /** Tells the service of this phone again, whatever it said before. */
    void again(String mac) {
        var entry = store.byMac(mac).orElseThrow(() -> Problem.of(Code.CONFLICT, "No redirect service is to be told of " + mac
                + ": its maker's is off, or the phone has rps switched off.").raise());
        store.write(tx -> {
            store.put(tx, entry.again(clock.instant()));
            return null;
        });
        synchronized (this) {
            resting.remove(entry.maker());
        }
        look();
    }

    private Line line(Access access) {
        return new Line(parts.remote, access, clock, ids);
    }

    private void work(boolean compare) {
        running.lock();
        worker = Thread.currentThread();
        try {
            if (compare) {
                for (var maker : Maker.values()) {
                    services.access(maker).ifPresent(access -> compare(maker, access));
                }
            }
            var busy = true;
            while (busy) { // one phone of each maker in turn: none waits for all of another's
                busy = false;
                for (var maker : Maker.values()) {
                    busy |= !closed && tellOne(maker);
                }
            }
            arm();
        } finally {
            worker = null;
            running.unlock();
        }
    }

    /** @return whether there was one */
    private boolean tellOne(Maker maker) {
        var access = services.access(maker);
        var entry = access.filter(_ -> rest(maker).isEmpty()).flatMap(_ -> store.next(maker)).filter(one -> !one.nextTry().isAfter(clock.instant()));
        if (entry.isEmpty()) {
            return false;
        }
        try {
            if (tell(entry.get(), access.get())) {
                settle(entry.get());
            } else {
                compare(maker, access.get());
            }
        } catch (Refusal e) {
            if (!closed) {
                failed(entry.get(), access.get(), e);
            }
        }
        return true;
    }

    /** Writes down what there is to tell. */
    private void compare(Maker maker, Access access) {
        var wanted = new HashMap<String, String>();
        targets(maker, access).forEach((mac, target) -> wanted.put(mac, digest(access, target)));
        var now = clock.instant();
        store.write(tx -> {
            for (var entry : store.of(tx, maker)) {
                var asked = wanted.remove(entry.mac());
                if (asked == null && entry.want() == Want.LEAD) {
                    if (entry.told()) {
                        store.put(tx, Entry.wanted(entry.mac(), maker, Want.FORGET, "", true, now));
                    } else {
                        store.delete(tx, entry.mac());
                    }
                } else if (asked != null && !(entry.want() == Want.LEAD && entry.asked().equals(asked))) {
                    store.put(tx, Entry.wanted(entry.mac(), maker, Want.LEAD, asked, entry.told(), now));
                }
            }
            wanted.forEach((mac, asked) -> store.put(tx, Entry.wanted(mac, maker, Want.LEAD, asked, false, now)));
            store.trim(tx, MOST_FORGOTTEN);
            return null;
        });
    }

    private Map<String, Target> targets(Maker maker, Access access) {
        var targets = new HashMap<String, Target>();
        for (var phone : parts.phones.get()) {
            if (phone.vendor().equalsIgnoreCase(maker.label()) && phone.settings().path("rps").asBoolean(true)) {
                targets.put(phone.mac(), target(phone, access));
            }
        }
        return targets;
    }

    private Target target(Phone phone, Access access) {
        var https = phone.settings().path("https").asBoolean();
        var provision = (https ? "https://" + access.host() + ":" + parts.httpsPort : "http://" + access.host() + ":" + parts.httpPort) + "/provision/";
        var template = parts.templates.apply(phone);
        var model = template.model(phone.model()).orElseThrow();
        return new Target(phone.mac(), provision + phone.folder() + "/", template.accountFile(model, phone.mac()), model.code(),
                phone.settings().path("serial_number").asText("").strip(), provision + "start/");
    }

    /** Another account, another address or another serial number is news to the service. */
    private static String digest(Access access, Target target) {
        return Digests.hex("SHA-256", String.join("\n", access.service().name(), access.base(), access.account(), access.siteId(), target.folder(),
                target.file(), target.modelCode(), target.serial())).substring(0, 32);
    }

    /** @return false when that is not wanted any more */
    private boolean tell(Entry entry, Access access) throws Refusal {
        var service = open.compute(entry.maker(), (_, old) -> old != null && old.access.equals(access) ? old
                : new Opened(access, Redirection.of(line(access)))).service;
        if (entry.want() == Want.FORGET) {
            service.forget(entry.mac());
            return true;
        }
        var target = Optional.ofNullable(targets(entry.maker(), access).get(entry.mac())).filter(one -> digest(access, one).equals(entry.asked()));
        if (target.isPresent()) {
            service.tell(target.get());
        }
        return target.isPresent();
    }

    private void settle(Entry entry) {
        synchronized (this) {
            resting.remove(entry.maker());
        }
        store.write(tx -> {
            if (entry.want() == Want.FORGET) {
                store.drop(tx, entry);
            } else if (store.settle(tx, entry, entry.done(clock.instant()))) {
                tx.afterCommit(() -> events.publish(new RedirectionEvent.Told(entry.mac(), entry.maker())));
            }
            return null;
        });
    }

    private void failed(Entry entry, Access access, Refusal why) {
        var now = clock.instant();
        LOG.log(Level.INFO, entry.maker().label() + "'s redirect service was not told of " + entry.mac() + ": " + why.trouble() + ", " + why.getMessage());
        if (!services.access(entry.maker()).equals(Optional.of(access))) {
            return; // other settings meanwhile: the next look tries with those
        }
        if (why.trouble().ofService()) {
            rest(entry.maker(), why, now);
        }
        var next = !why.trouble().ofService() ? State.REFUSED : now.isBefore(entry.since().plus(KEPT)) ? State.WAITING : State.GIVEN_UP;
        store.write(tx -> {
            if (store.settle(tx, entry, entry.failed(next, why, now)) && entry.want() == Want.LEAD) {
                tx.afterCommit(() -> events.publish(new RedirectionEvent.Refused(entry.mac(), entry.maker(), why.trouble(), why.getMessage())));
            }
            return null;
        });
    }

    /** Wrong credentials are tried once an hour: more would lock the account. */
    private synchronized void rest(Maker maker, Refusal why, Instant now) {
        var failures = Optional.ofNullable(resting.get(maker)).map(Rest::failures).orElse(0) + 1;
        var usual = why.trouble() == Trouble.CREDENTIALS || failures > 6 ? LONGEST_REST : FIRST_REST.multipliedBy(1L << failures - 1);
        var length = why.after().filter(after -> after.compareTo(usual) > 0).map(after -> after.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : after).orElse(usual);
        resting.put(maker, new Rest(now.plus(length), failures, why.trouble(), why.getMessage()));
    }

    private synchronized void arm() {
        if (timer != null) {
            timer.cancel();
        }
        var next = Arrays.stream(Maker.values()).filter(maker -> services.access(maker).isPresent()).flatMap(maker -> store.next(maker).map(entry ->
                rest(maker).map(Rest::until).filter(entry.nextTry()::isBefore).orElse(entry.nextTry())).stream()).min(Comparator.naturalOrder());
        if (next.isPresent() && !closed) {
            var wait = Duration.between(clock.instant(), next.get());
            timer = parts.timers.after(wait.isNegative() ? Duration.ZERO : wait.plusMillis(1), () -> parts.executor.execute(() -> work(false)));
        }
    }

    /** Breaks off what is under way; it is done again after the start. */
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            if (timer != null) {
                timer.cancel();
            }
        }
        Optional.ofNullable(worker).ifPresent(Thread::interrupt);
        running.lock();
        running.unlock();
    }
}
