package gatehouse.provisioning;

import gatehouse.core.Events;
import gatehouse.identity.Comer;
import gatehouse.identity.Evidence;
import gatehouse.identity.Identities;
import gatehouse.identity.Login;
import gatehouse.identity.Refusal;
import gatehouse.phones.Fetch;
import gatehouse.phones.Fetches;
import gatehouse.phones.Phone;
import gatehouse.phones.PhoneEvent;
import gatehouse.templates.RenderedFile;
import gatehouse.templates.UnrenderableException;
import gatehouse.users.User;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Decides who gets which file. A file is rendered each time it is asked for: that takes a fraction of a millisecond, and so a phone that
 * comes right after a change never gets the file of before. Thread-safe.
 */
public final class Provisioning {
    private static final System.Logger LOG = System.getLogger(Provisioning.class.getName());
    private static final int LONGEST_USER_AGENT = 200;
    private static final Pattern MAC = Pattern.compile("(?i)(?<![0-9a-z])(?:[0-9a-f]{12}|(?:[0-9a-f]{2}[:\\-]){5}[0-9a-f]{2})(?![0-9a-f])");

    /** The ports that phones are told of. */
    public record Ports(int sip, int sips, int http, int https) { }

    /**
     * @param boxAddress the box's own address that this request came to
     * @param host       the name or address by which the phone called the box
     * @param scheme     {@code http} or {@code https}
     * @param shown      the certificates that it showed, its own first
     * @param login      what was typed at it
     */
    public record Request(String folder, String file, String boxAddress, String host, String scheme, String remoteAddress, String userAgent,
                          List<X509Certificate> shown, Optional<Login> login) {
        /** From who shows nothing else. */
        public Request(String folder, String file, String boxAddress, String host, String scheme, String remoteAddress, String userAgent) {
            this(folder, file, boxAddress, host, scheme, remoteAddress, userAgent, List.of(), Optional.empty());
        }

        public Comer comer() {
            return new Comer(remoteAddress, userAgent, shown, login);
        }

        /** The same for another folder. */
        public Request at(String other) {
            return new Request(other, file, boxAddress, host, scheme, remoteAddress, userAgent, shown, login);
        }
    }

    public sealed interface Outcome {
        record Found(RenderedFile file) implements Outcome { }

        /** Nothing there, or not for this phone: nobody outside can tell which. */
        record Missing() implements Outcome { }

        /** It is there, but who asks has not shown enough; outside it looks as if it were not there. */
        record Withheld(Refusal why) implements Outcome { }

        /** The phone is to ask a person for a name and a PIN. */
        record AskPin() implements Outcome { }

        record TooMany(Duration retryAfter) implements Outcome { }
    }

    private final Rendering rendering;
    private final Masks masks;
    private final ServedFiles served;
    private final Fetches fetches;
    private final Identities identities;
    private final Consumer<Phone> adopted;
    private final Events events;
    private final Clock clock;
    private final MissLimit misses;

    /** @param adopted makes what a phone must have anew when it is adopted, before its files are made */
    public Provisioning(Rendering rendering, Masks masks, ServedFiles served, Fetches fetches, Identities identities, Consumer<Phone> adopted, Events events,
                        Clock clock) {
        this.rendering = rendering;
        this.masks = masks;
        this.served = served;
        this.fetches = fetches;
        this.identities = identities;
        this.adopted = adopted;
        this.events = events;
        this.clock = clock;
        this.misses = new MissLimit(clock);
        events.on(PhoneEvent.Deleted.class, gone -> served.forget(gone.phone().mac()));
    }

    /** A file in a folder. Who knows a folder's name is never made to wait for what others behind the same router guess. */
    public Outcome fetch(Request request) {
        var phone = rendering.inFolder(request.folder).filter(found -> isIt(found, request));
        if (phone.isEmpty()) {
            return missed(request.remoteAddress);
        }
        return switch (identities.inFolder(phone.get(), request.comer())) {
            case Identities.Verdict.Admitted(var evidence) -> give(phone.get(), evidence, request);
            case Identities.Verdict.Refused(var why) -> {
                events.publish(new ProvisioningEvent.Refused(phone.get(), why, request.remoteAddress));
                yield new Outcome.Withheld(why);
            }
        };
    }

    /** A file of this phone's for who was judged already. */
    public Outcome give(Phone phone, Evidence evidence, Request asked) {
        var request = asked.at(phone.folder());
        var account = rendering.account(phone);
        var file = account.flatMap(found -> render(phone, found, request));
        if (file.isEmpty()) {
            LOG.log(Level.DEBUG, "Phone " + phone.mac() + " has no file " + shortened(request.file));
            return new Outcome.Missing(); // phones ask for files that are not needed; in its own folder nobody guesses
        }
        if (identities.given(phone, request.comer(), evidence)) {
            adopted.accept(phone);
            account = rendering.account(phone);
            file = account.flatMap(found -> render(phone, found, request));
        }
        var fetch = new Fetch(clock.instant(), request.remoteAddress, shortened(request.userAgent));
        fetches.record(phone, fetch);
        remember(phone, account.get(), file.get(), request);
        events.publish(new ProvisioningEvent.Fetched(phone, file.get().name(), fetch));
        LOG.log(Level.INFO, "Phone " + phone.mac() + " fetched " + file.get().name() + " from " + request.remoteAddress);
        return new Outcome.Found(file.get());
    }

    /**
     * Something else for a phone, guarded as its files are: at its own folder alone, by itself alone, and only while its user may have files.
     *
     * @param content for whom: the user, empty at a hot desk where nobody is; empty when there is no such thing
     */
    public Outcome answer(Request request, Function<Optional<User>, Optional<RenderedFile>> content) {
        var phone = rendering.inFolder(request.folder).filter(found -> isIt(found, request));
        if (phone.isEmpty()) {
            return missed(request.remoteAddress);
        }
        return switch (identities.inFolder(phone.get(), request.comer())) {
            case Identities.Verdict.Admitted _ -> phone.filter(found -> rendering.account(found).isPresent())
                    .flatMap(found -> content.apply(rendering.user(found))).<Outcome>map(Outcome.Found::new).orElseGet(Outcome.Missing::new);
            case Identities.Verdict.Refused(var why) -> new Outcome.Withheld(why);
        };
    }

    /** How long an address must wait before it may guess again. */
    public Optional<Duration> waitOf(String address) {
        return misses.waitOf(address);
    }

    /** Counts what looks like a guess. */
    public Outcome missed(String address) {
        var wait = misses.waitOf(address);
        if (wait.isPresent()) {
            return new Outcome.TooMany(wait.get());
        }
        if (misses.missed(address)) {
            LOG.log(Level.WARNING, address + " asked for too many provisioning files that are not there and has to wait");
            events.publish(new ProvisioningEvent.Guessing(address));
        }
        return new Outcome.Missing();
    }

    /** A phone that names a MAC in its User-Agent must name its own. */
    private static boolean isIt(Phone phone, Request request) {
        var named = MAC.matcher(request.userAgent);
        while (named.find()) {
            var mac = named.group().replaceAll("[:\\-]", "").toLowerCase(Locale.ROOT);
            if (!mac.equals(phone.mac())) {
                LOG.log(Level.WARNING, "A phone that calls itself " + mac + " asked at " + request.remoteAddress + " for the files of " + phone.mac());
                return false;
            }
        }
        return true;
    }

    private Optional<RenderedFile> render(Phone phone, Account account, Request request) {
        try {
            return rendering.file(phone, account, request);
        } catch (UnrenderableException e) {
            LOG.log(Level.ERROR, "Phone " + phone.mac() + " cannot be configured: " + e.getMessage());
            return Optional.empty();
        }
    }

    private void remember(Phone phone, Account account, RenderedFile file, Request request) {
        var reached = new Served.Reached(request.scheme, request.host, request.boxAddress, shortened(request.userAgent));
        served.served(phone.mac(), file.name(), reached, masks.digest(file.text()), () -> {
            var hidden = masks.hide(phone, account);
            return Map.entry(rendering.file(hidden.phone(), hidden.account(), request).orElseThrow().text(), hidden.marks());
        });
    }

    private static String shortened(String text) {
        var line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST_USER_AGENT ? line.substring(0, LONGEST_USER_AGENT) : line;
    }
}
