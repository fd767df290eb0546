package gatehouse.provisioning;

import com.fasterxml.jackson.databind.node.MissingNode;
import gatehouse.core.Events;
import gatehouse.hotdesking.HotDesk;
import gatehouse.hotdesking.HotDesks;
import gatehouse.phones.Fetch;
import gatehouse.phones.Fetches;
import gatehouse.phones.Phone;
import gatehouse.phones.PhoneSecrets;
import gatehouse.phones.Phones;
import gatehouse.templates.RenderedFile;
import gatehouse.templates.UnrenderableException;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
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
     */
    public record Request(String folder, String file, String boxAddress, String host, String scheme, String remoteAddress, String userAgent) {
        /** The same for another folder. */
        public Request at(String other) {
            return new Request(other, file, boxAddress, host, scheme, remoteAddress, userAgent);
        }
    }

    public sealed interface Outcome {
        record Found(RenderedFile file) implements Outcome { }

        /** Nothing there, or not for this phone: nobody outside can tell which. */
        record Missing() implements Outcome { }

        record TooMany(Duration retryAfter) implements Outcome { }
    }

    private final Phones phones;
    private final HotDesks desks;
    private final Users users;
    private final Fetches fetches;
    private final Assignments assignments;
    private final Events events;
    private final Clock clock;
    private final MissLimit misses;

    public Provisioning(Phones phones, HotDesks desks, Users users, Fetches fetches, Ports ports, String domain, Events events, Clock clock) {
        this.phones = phones;
        this.desks = desks;
        this.users = users;
        this.fetches = fetches;
        this.assignments = new Assignments(ports, domain);
        this.events = events;
        this.clock = clock;
        this.misses = new MissLimit(clock);
    }

    public Outcome fetch(Request request) {
        var wait = misses.waitOf(request.remoteAddress);
        if (wait.isPresent()) {
            return new Outcome.TooMany(wait.get());
        }
        // A map of whole folder names: how long the look-up takes says nothing about how much of a guess was right.
        var phone = phones.inFolder(request.folder).or(() -> desks.inFolder(request.folder).map(HotDesk::phone));
        var file = phone.filter(found -> isIt(found, request)).flatMap(found -> render(found, request));
        if (file.isEmpty()) {
            return missed(phone, request);
        }
        var fetch = new Fetch(clock.instant(), request.remoteAddress, shortened(request.userAgent));
        fetches.record(phone.get(), fetch);
        events.publish(new ProvisioningEvent.Fetched(phone.get(), file.get().name(), fetch));
        LOG.log(Level.INFO, "Phone " + phone.get().mac() + " fetched " + file.get().name() + " from " + request.remoteAddress);
        return new Outcome.Found(file.get());
    }

    private Outcome missed(Optional<Phone> phone, Request request) {
        if (misses.missed(request.remoteAddress)) {
            LOG.log(Level.WARNING, request.remoteAddress + " asked for too many provisioning files that are not there and has to wait");
        }
        phone.ifPresent(found -> LOG.log(Level.DEBUG, "Phone " + found.mac() + " has no file " + shortened(request.file)));
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

    private Optional<RenderedFile> render(Phone phone, Request request) {
        return desks.inFolder(request.folder).map(this::account).orElseGet(() -> account(phone.userId(), phones.secrets(phone)))
                .flatMap(account -> render(phone, account, request));
    }

    private Optional<Account> account(String userId, PhoneSecrets secrets) {
        return users.byId(userId).filter(User::enabled).filter(user -> user.extensionNumber().isPresent()).flatMap(user ->
                users.sipSecret(user.extensionNumber().get()).map(secret -> new Account(user.extensionNumber().get(), user.displayName(), secret, secrets,
                        user.settings().path("blfs"))));
    }

    /** A hot desk is whoever is signed in there, else itself. */
    private Optional<Account> account(HotDesk desk) {
        var secrets = new PhoneSecrets(desks.webPassword(desk), "", "");
        return desk.userId().flatMap(user -> account(user, secrets)).or(() -> desks.sipSecret(desk.number())
                .map(secret -> new Account(desk.number(), desk.displayName(), secret, secrets, MissingNode.getInstance())));
    }

    private Optional<RenderedFile> render(Phone phone, Account account, Request request) {
        var template = phones.template(phone);
        var assignment = template.model(phone.model()).map(model -> assignments.of(phone, model, account, request));
        try {
            return assignment.flatMap(one -> template.render(one, request.file));
        } catch (UnrenderableException e) {
            LOG.log(Level.ERROR, "Phone " + phone.mac() + " cannot be configured: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static String shortened(String text) {
        var line = text.replaceAll("\\p{Cntrl}", " ");
        return line.length() > LONGEST_USER_AGENT ? line.substring(0, LONGEST_USER_AGENT) : line;
    }
}
