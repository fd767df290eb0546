package gatehouse.phones;

import gatehouse.core.Timers;
import gatehouse.registrations.Binding;
import gatehouse.sip.SipEdge;
import gatehouse.templates.Template;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes phones fetch their files again, or restart: by a NOTIFY of their template's event to where each is registered. Thread-safe. */
public final class PhoneOrders {
    private static final System.Logger LOG = System.getLogger(PhoneOrders.class.getName());
    private static final Duration APART = Duration.ofMillis(50); // all of 1,000 phones in a minute, so that they do not come for their files at once
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** What a phone is to do. */
    public enum Order {
        RESYNC, REBOOT;

        String event(Template template) {
            return this == RESYNC ? template.resyncEvent() : template.rebootEvent();
        }
    }

    /** What came of it. */
    public sealed interface Outcome {
        record Taken() implements Outcome { }

        /** @param why a sentence */
        record NotTaken(String why) implements Outcome { }
    }

    private final Phones phones;
    private final SharedPhones shared;
    private final Users users;
    private final Sightings sightings;
    private final Function<String, List<Binding>> registered;
    private final Function<SipEdge.Notice, CompletableFuture<Integer>> sip;
    private final Timers timers;

    /** @param registered where an extension is registered now; @param sip sends */
    public PhoneOrders(Phones phones, SharedPhones shared, Users users, Sightings sightings, Function<String, List<Binding>> registered,
                       Function<SipEdge.Notice, CompletableFuture<Integer>> sip, Timers timers) {
        this.phones = phones;
        this.shared = shared;
        this.users = users;
        this.sightings = sightings;
        this.registered = registered;
        this.sip = sip;
        this.timers = timers;
    }

    /** Waits a few seconds for the phone's word. */
    public Outcome give(Phone phone, Order order) {
        var event = order.event(phones.template(phone));
        if (event.isEmpty()) {
            return new Outcome.NotTaken("Its template " + phone.template() + " names no event for that.");
        }
        var binding = binding(phone);
        if (binding.isEmpty()) {
            return new Outcome.NotTaken("The phone " + phone.mac() + " is not registered. Switch it on and try again.");
        }
        return outcome(phone, binding.get(), event);
    }

    private Outcome outcome(Phone phone, Binding binding, String event) {
        try {
            var status = sip.apply(notice(binding, event)).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            return status < 300 ? new Outcome.Taken()
                    : new Outcome.NotTaken("The phone " + phone.mac() + " answered " + status + (status == 408 ? " (it says nothing)." : "."));
        } catch (TimeoutException e) {
            return new Outcome.NotTaken("The phone " + phone.mac() + " does not answer.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.NotTaken("The box is stopping.");
        }
    }

    /** Every phone that is registered, one after the other. @return how many */
    public int giveAll(Order order) {
        var told = 0;
        for (var phone : Stream.concat(phones.all().stream(), shared.all().stream()).toList()) {
            var binding = binding(phone);
            var event = order.event(phones.template(phone));
            if (binding.isPresent() && !event.isEmpty()) {
                timers.after(APART.multipliedBy(told++), () -> sip.apply(notice(binding.get(), event)));
            }
        }
        LOG.log(Level.INFO, told + " phones are told: " + order);
        return told;
    }

    private static SipEdge.Notice notice(Binding binding, String event) {
        return new SipEdge.Notice(binding.contact(), binding.flow(), binding.extensionNumber(), event);
    }

    /** Where it registered last: one that came back at another port is no longer where it was. */
    private Optional<Binding> binding(Phone phone) {
        var own = users.byId(phone.userId()).flatMap(User::extensionNumber).map(List::of).orElse(List.of());
        return own.isEmpty() ? latest(shared.numbers(phone)).stream().filter(one -> Seen.of(one).names(phone.mac())).findFirst() // a handset's user may have other phones
                : sightings.which(phone, latest(own), Seen::of);
    }

    private List<Binding> latest(List<String> numbers) {
        return numbers.stream().flatMap(number -> registered.apply(number).stream()).sorted(Comparator.comparing(Binding::expiresAt).reversed()).toList();
    }
}
