package gatehouse;

import gatehouse.api.Api;
import gatehouse.api.Listening;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.AuditStore;
import gatehouse.blobs.FileKeeping;
import gatehouse.blobs.Files;
import gatehouse.balance.BalanceRoutes;
import gatehouse.balance.BalanceStore;
import gatehouse.balance.Balances;
import gatehouse.calls.CallCommands;
import gatehouse.calls.CallEvent;
import gatehouse.calls.CallRoutes;
import gatehouse.calls.Calls;
import gatehouse.calls.SessionRoutes;
import gatehouse.certificates.Certificates;
import gatehouse.changes.ChangeStore;
import gatehouse.changes.Changes;
import gatehouse.changes.SyncTokens;
import gatehouse.company.Company;
import gatehouse.company.CompanyRoutes;
import gatehouse.company.CompanyStore;
import gatehouse.company.References;
import gatehouse.console.Console;
import gatehouse.contacts.ContactRoutes;
import gatehouse.contacts.ContactStore;
import gatehouse.contacts.ContactSync;
import gatehouse.contacts.Contacts;
import gatehouse.contacts.OwnContactRoutes;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Problem;
import gatehouse.core.SystemTimers;
import gatehouse.doors.DoorCommands;
import gatehouse.doors.DoorRoutes;
import gatehouse.doors.Doors;
import gatehouse.groups.GroupRoutes;
import gatehouse.groups.Groups;
import gatehouse.hal.Hardware;
import gatehouse.holidays.HolidayRoutes;
import gatehouse.holidays.HolidayStore;
import gatehouse.holidays.Holidays;
import gatehouse.hotdesking.HotDeskRoutes;
import gatehouse.hotdesking.HotDesks;
import gatehouse.identity.SipSecrets;
import gatehouse.identity.SipSecretStore;
import gatehouse.identity.StarterAccounts;
import gatehouse.listing.ShownListing;
import gatehouse.live.LiveRoutes;
import gatehouse.media.NioMedia;
import gatehouse.microsoft365.Cloud;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.numbers.NumberRoutes;
import gatehouse.numbers.NumberStore;
import gatehouse.phones.Fetches;
import gatehouse.phones.PhoneCommands;
import gatehouse.phones.PhoneStore;
import gatehouse.phones.PhoneTemplates;
import gatehouse.phones.Phones;
import gatehouse.phones.Seen;
import gatehouse.phones.Sightings;
import gatehouse.phones.TemplateStore;
import gatehouse.presence.Presence;
import gatehouse.presence.PresenceRoutes;
import gatehouse.queues.Lines;
import gatehouse.registrations.RegistrationStore;
import gatehouse.registrations.Registrations;
import gatehouse.resources.Keeping;
import gatehouse.resources.ResourceEvent;
import gatehouse.roles.RoleChanges;
import gatehouse.roles.RoleRoutes;
import gatehouse.roles.RoleStore;
import gatehouse.roles.Roles;
import gatehouse.secrets.Passwords;
import gatehouse.secrets.Sealer;
import gatehouse.signin.ConsoleSignIn;
import gatehouse.signin.SignInRoutes;
import gatehouse.signin.SignInStore;
import gatehouse.signin.SignIns;
import gatehouse.sip.SipEdge;
import gatehouse.sip.SipSettings;
import gatehouse.speeddials.SpeedDialRoutes;
import gatehouse.speeddials.SpeedDials;
import gatehouse.store.SqliteStore;
import gatehouse.store.Store;
import gatehouse.system.StatusLed;
import gatehouse.system.SystemCommands;
import gatehouse.system.SystemStatus;
import gatehouse.system.TenantStatusRoutes;
import gatehouse.templates.Templates;
import gatehouse.topics.TopicRoutes;
import gatehouse.trunks.Trunks;
import gatehouse.users.AccountRoutes;
import gatehouse.users.OwnChanges;
import gatehouse.users.TransferRoutes;
import gatehouse.users.User;
import gatehouse.users.UserChanges;
import gatehouse.users.UserCommands;
import gatehouse.users.UserEvent;
import gatehouse.users.UserRoutes;
import gatehouse.users.UserStore;
import gatehouse.users.Users;
import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The whole appliance, built by hand: read this and know the system. {@link Main} and the tests start this same object with other
 * arguments. What is opened here is closed here, last first.
 */
public final class Gatehouse implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Gatehouse.class.getName());
    private static final Duration RING_FOR = Duration.ofSeconds(60);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final Config config;
    private final Hardware hardware;
    private final StatusLed led;
    private final Certificates certificates;
    private final Users users;
    private final HotDesks desks;
    private final Registrations registrations;
    private final SipEdge sip;
    private final Calls calls;
    private final AdoptionLine line;
    private final Playback playback;
    private final Outside outside;
    private final Supervision supervision;
    private final Announcing announcing;
    private final Api api;
    private final Discovering discovering;

    /** Opens the store and builds every part; nothing listens yet. @param random from a source that cannot be guessed */
    public Gatehouse(Config config, Hardware hardware, Clock clock, SecureRandom random) {
        this(config, hardware, clock, random, RING_FOR, Passwords.COST, Cloud::endpoints);
    }

    Gatehouse(Config said, Hardware hardware, Clock clock, SecureRandom random, Duration ringFor, int passwordCost,
              Function<Cloud, Cloud.Endpoints> microsoft) {
        this.hardware = closing(hardware);
        led = new StatusLed(hardware.statusLed());
        try {
            // Foundations.
            var ids = new Ids(random);
            var keys = said.data().resolve("keys");
            var sealer = new Sealer(keys.resolve("box.key"), random);
            certificates = new Certificates(keys, sealer.derive("certificate"), said.domain(), clock);
            var store = closing(new SqliteStore(said.data().resolve("gatehouse.db")));
            var events = closing(new Events());
            var timers = closing(new SystemTimers());
            var changeStore = new ChangeStore(store);
            var changes = closing(new Changes(changeStore, timers, clock));
            var syncTokens = new SyncTokens(changeStore, sealer);

            var auditStore = new AuditStore(store);
            var audit = new Audit(auditStore, clock, ids);
            var fileKeeping = new FileKeeping(said.data(), store, audit, clock, System::nanoTime, timers, ids);
            var files = fileKeeping.files();

            // People.
            var roleStore = new RoleStore(store);
            var roles = new Roles(roleStore);
            var numbers = new ExtensionNumbers(new NumberStore(store));
            var keeping = new Keeping(store, numbers, sealer, audit, events, clock, ids);
            supervision = closing(new Supervision(keeping, auditStore, timers));
            var config = supervision.withPorts(said);
            this.config = config;
            var trunks = new Trunks(keeping);
            var references = new Pointed(trunks, files);
            var company = new Company(new CompanyStore(store), references, sealer, audit, events, ids, config.domain());
            fileKeeping.sweepNowAndThen(() -> Duration.ofDays(company.settings().retention().tempFiles()));
            var passwords = new Passwords(random, passwordCost);
            var userStore = new UserStore(store, changes);
            users = new Users(userStore, passwords, sealer, clock, ids);
            var userChanges = new UserChanges(users, userStore, new UserChanges.Parts(numbers, roles, company, references, passwords, sealer, audit, events,
                    clock, ids));
            var ownChanges = new OwnChanges(users, userStore, userChanges, passwords, clock);
            var contactStore = new ContactStore(store);
            var contacts = new Contacts(keeping, contactStore, changes, users);
            var contactSync = new ContactSync(contactStore, syncTokens, users, references);
            var holidays = new Holidays(keeping, new HolidayStore(store));
            outside = closing(new Outside(new Outside.Parts(keeping, timers, random, company, users, ownChanges, roles, trunks, userChanges, contacts, files, microsoft),
                    "https://" + config.domain() + ":" + config.httpsPort() + "/"));
            var signIns = new SignIns(new SignInStore(store), users, roles, audit, outside.secondFactor(),
                    new SignIns.Policy(() -> company.settings().has("password_force_reset"), supervision.options()::web), events, clock, ids);

            // Phones and calls.
            var templates = new PhoneTemplates(Templates.shipped(), new TemplateStore(store), audit, clock);
            var phoneStore = new PhoneStore(store);
            var phones = new Phones(phoneStore, templates, users, sealer, audit, events, clock, ids);
            desks = new HotDesks(keeping, phones, users);
            var fetches = closing(new Fetches(phoneStore, timers));
            var media = closing(new NioMedia(config.bind(), config.rtpPorts().first(), config.rtpPorts().last(), random));
            var starters = new StarterAccounts(ids);
            var ofPhones = new SipSecrets(keeping, new SipSecretStore(store), phones);
            sip = closing(new SipEdge(new SipSettings(config.bind(), config.sipPort(), config.sipsPort(), !config.discovery().pnp().isEmpty(), config.domain(),
                    certificates.file(), certificates.password(), supervision.options()::sip), new SipPasswords(users, desks, ofPhones, starters), supervision.addresses(), events, clock, timers, random));
            registrations = closing(new Registrations(new RegistrationStore(store), events, clock, timers,
                    supervision.options()::registerSeconds));
            var groups = new Groups(keeping, users, references);
            var switchboard = new Switchboard(keeping, users, company, holidays, groups, trunks, files, lines(), random);
            var routing = new CallRouting(CallRouting.Office.of(users, desks, roles, contacts, switchboard.security()),
                    CallRouting.forwards(users, company, holidays, lines()), clock, config.domain());
            calls = closing(new Calls(sip, media, registrations, routing, events, timers, clock, ids, ringFor));
            var sightings = new Sightings(phones, users, fetches, this::seen);

            var records = closing(new Records(keeping, users, company, files, outside.letters(), changes, syncTokens, timers));

            playback = new Playback(keeping, users, company, files, timers, random);
            outside.follow(playback, switchboard, config.data());

            // The wall.
            var doors = new Doors(hardware.relayOutputs(), phones::doorCodes, audit, events, timers, clock);
            var presence = new Presence(users, userChanges, registrations, calls, events);
            var status = new SystemStatus(Version.text(), clock, hardware, led, registrations, calls, media);

            // The ways in.
            announcing = new Announcing(keeping, new TopicRoutes.Parts(users, registrations, presence, calls, switchboard.queues(), switchboard.agents(),
                    switchboard.queueLive(), config.domain()), company, signIns, timers, config.bind());
            var identifying = new Identifying(keeping, config, phones, desks, users, sightings, this::seen, ofPhones, starters);
            line = new AdoptionLine(calls, identifying.adopting(), phones, registrations, sip);
            var serving = closing(new Serving(keeping, phones, desks, users, contacts, fetches, identifying, config, timers));
            discovering = closing(new Discovering(keeping, identifying.known(), identifying.identities(), identifying.adopting(), serving, config, supervision.addresses(), timers,
                    outside.remote()));
            var routes = new ArrayList<Routes>(switchboard.routes());
            routes.addAll(playback.routes());
            routes.addAll(outside.routes(signIns));
            routes.addAll(supervision.routes(new Supervision.Parts(new TenantStatusRoutes(Version.text(), clock, users, numbers, registrations, calls,
                    records.cdrs(), () -> trunks.all().size()), status, config, ownChanges, certificates, outside, sip)));
            routes.addAll(records.routes());
            routes.addAll(new Handsets(config, keeping, phones, desks, identifying.bases(), users, company, sightings, registrations, sip, timers,
                    discovering::dismiss).routes());
            routes.addAll(identifying.routes());
            routes.addAll(discovering.routes());
            routes.addAll(List.of(
                    new SignInRoutes(signIns, clock),
                    new UserRoutes(users, userChanges, new UserRoutes.Ports(config.sipPort(), config.sipsPort())),
                    new AccountRoutes(userChanges, ownChanges), new TransferRoutes(users, userChanges, passwords), new NumberRoutes(numbers),
                    new RoleRoutes(roles, new RoleChanges(roles, roleStore, users, audit)),
                    new CompanyRoutes(company, new CompanyRoutes.Most(Users.MOST, Calls.MOST_CALLS), config.data()),
                    fileKeeping.blobRoutes(), fileKeeping.fileRoutes(),
                    new PresenceRoutes(presence, users, registrations),
                    new CallRoutes(calls, clock), new SessionRoutes(calls, sip, config.domain(), clock), new DoorRoutes(doors),
                    new HotDeskRoutes(desks, users, number -> registrations.online(number), config.httpPort(), config.phonesHttpsPort()),
                    new ContactRoutes(contacts), new OwnContactRoutes(contacts, contactSync), new HolidayRoutes(holidays, users),
                    new SpeedDialRoutes(new SpeedDials(keeping), users), new GroupRoutes(groups),
                    new BalanceRoutes(new Balances(new BalanceStore(store), users, company, audit, events)),
                    announcing.live()));
            api = closing(new Api(new Listening(config.bind(), config.httpsPort(), config.httpPort(), certificates.context(), config.discovery().certificatePort(),
                    certificates.askingContext()), signIns, routes, new ShownListing(),
                    discovering.files(), announcing.sockets(), supervision.addresses(), ids));
            closing(announcing); // before api, which waits for open streams

            config.consolePort().ifPresent(path -> closing(new Console(hardware, path, new ConsoleSignIn(signIns), Stream.of(
                    SystemCommands.of(status, ports()), UserCommands.of(users, user -> presence.status(user).name()),
                    PhoneCommands.of(phones, users, sightings), discovering.commands(), CallCommands.of(calls, clock), DoorCommands.of(doors)).flatMap(List::stream).toList(),
                    "Gatehouse " + Version.text() + " serial console")));

            // What one part's news means to another.
            events.on(CallEvent.class, _ -> led.refresh());
            events.on(UserEvent.class, event -> follow(event, signIns));
            events.on(ResourceEvent.Deleted.class, event -> {
                if (event.table().equals(Trunks.TABLE)) {
                    userChanges.forgetTrunk(new Actor("system", "SYSTEM", ""), event.resource().id());
                }
            });
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What settings point to. */
    private record Pointed(Trunks trunks, Files files) implements References {
        @Override
        public boolean providerExists(Store.Tx tx, String id) {
            return trunks.exists(tx, id);
        }

        @Override
        public Map<String, StoredFile> files(Store.Tx tx, Collection<String> ids) {
            return files.uploaded(tx, ids).stream().collect(Collectors.toMap(file -> file.id(), file -> new StoredFile(file.name(), file.size(), file.url())));
        }

        @Override
        public Optional<Problem> pictureFault(Store.Tx tx, String field, String id) {
            return files.checkImage(tx, field, id);
        }

        @Override
        public void useFiles(Store.Tx tx, String kind, String user, Collection<String> ids) {
            files.set(tx, kind, user, ids);
        }
    }

    /** What is recorded and heard again: tests leave messages here, as a caller would. */
    Playback playback() {
        return playback;
    }

    private Lines lines() {
        return new Lines() {
            @Override
            public boolean online(String extensionNumber) {
                return registrations.online(extensionNumber);
            }

            @Override
            public boolean onCall(String extensionNumber) {
                return calls.onCall(extensionNumber);
            }
        };
    }

    private List<Seen> seen(String number) {
        return registrations.bindings(number).stream().map(Seen::of).toList();
    }

    private String ports() {
        return "HTTPS " + config.httpsPort() + ", HTTP " + config.httpPort() + ", SIP " + config.sipPort() + ", SIPS " + config.sipsPort() + ", RTP "
                + config.rtpPorts().first() + "-" + config.rtpPorts().last();
    }

    /** Who is gone or shut out is gone everywhere. */
    private void follow(UserEvent event, SignIns signIns) {
        var out = switch (event) {
            case UserEvent.Created _ -> false;
            case UserEvent.Updated(var user, var secretChanged) -> secretChanged || !user.enabled();
            case UserEvent.Deleted _ -> true;
        };
        if (out) {
            event.user().extensionNumber().ifPresent(registrations::forget);
        }
        if (event instanceof UserEvent.Updated(var user, var _) && !user.enabled()) {
            signIns.endAllOf(user.id());
        }
    }

    /**
     * Opens the ports.
     *
     * @return what a person at the terminal needs to know: where to sign in, and the first password if it was made now
     * @throws StartFailure when a port is taken or a file cannot be used; the message says which
     */
    public String start() {
        try {
            var password = users.ensureAdministrator(config.adminPassword());
            sip.start(registrations, line);
            api.start();
            discovering.start();
            outside.start();
            announcing.start();
            supervision.started();
            led.ready(() -> calls.live().size());
            LOG.log(Level.INFO, "Ready: " + ports() + ", hardware " + hardware.board());
            return Banner.text(config, certificates.fingerprint(), password);
        } catch (IllegalStateException e) {
            led.raise(e.getMessage());
            supervision.failed(e.getMessage());
            throw new StartFailure(e.getMessage(), e);
        }
    }

    private <T extends AutoCloseable> T closing(T part) {
        open.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                LOG.log(Level.WARNING, "A part did not close", e);
            }
        }
    }
}
