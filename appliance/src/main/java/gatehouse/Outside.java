package gatehouse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.administration.SystemMail;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.blobs.Files;
import gatehouse.company.Company;
import gatehouse.contacts.Contacts;
import gatehouse.core.Events;
import gatehouse.core.Timers;
import gatehouse.mail.Addresses;
import gatehouse.mail.Mailers;
import gatehouse.mail.SmtpMailer;
import gatehouse.messaging.Channels;
import gatehouse.messaging.MessageStore;
import gatehouse.messaging.Messages;
import gatehouse.messaging.MessagingRoutes;
import gatehouse.microsoft365.Bindings;
import gatehouse.microsoft365.Cloud;
import gatehouse.microsoft365.Graph;
import gatehouse.microsoft365.GraphMailer;
import gatehouse.microsoft365.Microsoft365;
import gatehouse.microsoft365.Microsoft365Routes;
import gatehouse.microsoft365.Microsoft365Store;
import gatehouse.microsoft365.MicrosoftSignIn;
import gatehouse.notifications.BoxNotices;
import gatehouse.microsoft365.MicrosoftSync;
import gatehouse.microsoft365.SyncStore;
import gatehouse.notifications.EmailTemplates;
import gatehouse.notifications.Letters;
import gatehouse.notifications.MeetingNotices;
import gatehouse.notifications.NotificationRoutes;
import gatehouse.notifications.NotificationStore;
import gatehouse.notifications.Notifications;
import gatehouse.notifications.Outbox;
import gatehouse.notifications.VoicemailNotices;
import gatehouse.push.PushRoutes;
import gatehouse.remote.RemoteApi;
import gatehouse.resources.Keeping;
import gatehouse.roles.Roles;
import gatehouse.signin.Authenticators;
import gatehouse.signin.FactorRoutes;
import gatehouse.signin.FactorStore;
import gatehouse.signin.OwnAddresses;
import gatehouse.signin.PasswordResets;
import gatehouse.signin.Post;
import gatehouse.signin.SecondFactor;
import gatehouse.signin.SignIns;
import gatehouse.signin.SocialRoutes;
import gatehouse.signin.SocialSignIn;
import gatehouse.system.Watch;
import gatehouse.trunks.Trunks;
import gatehouse.users.OwnChanges;
import gatehouse.users.User;
import gatehouse.users.UserChanges;
import gatehouse.users.UserEvent;
import gatehouse.users.Users;
import gatehouse.voicemail.VoicemailEvent;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.SSLSocketFactory;

/** The parts of {@link Gatehouse} that speak with services elsewhere, built in its order; each is off until somebody sets it up. */
final class Outside implements AutoCloseable {
    /** What the rest of the box gives. */
    record Parts(Keeping keeping, Timers timers, SecureRandom random, Company company, Users users, OwnChanges ownChanges, Roles roles, Trunks trunks,
                 UserChanges userChanges, Contacts contacts, Files files, Function<Cloud, Cloud.Endpoints> microsoft) { }

    private static final Set<String> ADMINISTRATORS = Set.of("SystemAdmin", "Admin");

    private final Notifications notifications;
    private final EmailTemplates emailTemplates;
    private final Outbox outbox;
    private final Letters letters;
    private final SecondFactor secondFactor;
    private final Authenticators authenticators;
    private final PasswordResets resets;
    private final RemoteApi remote = new RemoteApi();
    private final MessagingRoutes messaging;
    private final Microsoft365 microsoft365;
    private final Microsoft365Routes microsoftRoutes;
    private final MicrosoftSync microsoftSync;
    private final MicrosoftSignIn microsoftSignIn;
    private final SocialSignIn social;
    private final PushRoutes push;
    private final String webAddress;
    private final Users users;
    private final Events events;
    private final Clock clock;
    private final Timers timers;
    private Watch watch;

    /** @param webAddress where people open the page */
    Outside(Parts parts, String webAddress) {
        this.webAddress = webAddress;
        users = parts.users;
        events = parts.keeping.events();
        clock = parts.keeping.clock();
        timers = parts.timers;
        var domain = parts.company.domain();
        var keeping = parts.keeping;
        var microsoftStore = new Microsoft365Store(keeping.store());
        microsoft365 = new Microsoft365(microsoftStore, keeping.sealer(), keeping.audit(), keeping.clock(), parts.random, domain);
        var graph = new Graph(remote, parts.microsoft, keeping.clock(), keeping.ids());
        var bindings = new Bindings(microsoftStore, microsoft365, graph, parts.users, parts.roles, keeping.audit());
        microsoftSync = new MicrosoftSync(new SyncStore(keeping.store()), microsoftStore, microsoft365, graph, bindings, new MicrosoftSync.Targets(users,
                parts.userChanges, keeping.numbers(), parts.contacts.copies(), parts.files), new MicrosoftSync.Drive(keeping.audit(), events, parts.timers, keeping.clock(),
                () -> parts.company.settings().zone(), task -> Thread.ofVirtual().name("microsoft365").start(task)));
        microsoftRoutes = new Microsoft365Routes(microsoft365, graph, bindings, microsoftSync, webAddress);
        microsoftSignIn = new MicrosoftSignIn(microsoft365, graph, bindings, keeping.clock());

        var mailer = new Mailers(new SmtpMailer(keeping.clock(), domain, (SSLSocketFactory) SSLSocketFactory.getDefault()),
                new GraphMailer(microsoft365, graph));
        var notificationStore = new NotificationStore(keeping.store());
        notifications = new Notifications(notificationStore, mailer, keeping.sealer(), keeping.audit(), keeping.ids(), domain, microsoft365::ready);
        emailTemplates = new EmailTemplates(notificationStore, keeping.audit());
        outbox = new Outbox(notificationStore, notifications, mailer, new Outbox.Parts(keeping.sealer(), keeping.audit(), keeping.events(), parts.timers,
                keeping.clock(), keeping.ids()), task -> Thread.ofVirtual().name("mail").start(task));

        var factors = new FactorStore(keeping.store());
        secondFactor = new SecondFactor(factors, parts.users, keeping.sealer(), post(), () -> parts.company.settings().has("enable_two_factor_authentication"),
                keeping.clock(), keeping.ids());
        authenticators = new Authenticators(factors, parts.users, keeping.sealer(), keeping.audit(), keeping.clock(), parts.random, domain);
        resets = new PasswordResets(factors, parts.users, parts.ownChanges, post(), new OwnAddresses(domain), keeping.clock(), keeping.ids(),
                task -> Thread.ofVirtual().name("password-reset").start(task));

        letters = new Letters(notifications, emailTemplates, outbox, parts.company, webAddress,
                user -> Optional.of(resets.link(user, webAddress)), () -> parts.users.all().stream().filter(User::enabled)
                .filter(user -> ADMINISTRATORS.contains(user.role())).map(User::email).filter(Addresses::isAddress).toList());

        social = new SocialSignIn(List.of(microsoftSignIn), new OwnAddresses(domain), webAddress, keeping.clock(), keeping.ids());
        push = new PushRoutes(keeping);
        var channels = new Channels(keeping, parts.trunks, webAddress);
        messaging = new MessagingRoutes(channels, new Messages(new MessageStore(keeping.store()), channels, parts.users, remote, keeping.clock(),
                keeping.ids()), parts.users);

        keeping.events().on(UserEvent.Created.class, created -> letters.invite(created.user()));
    }

    /** Mails of what happens on the box. @param data a folder on the disk that matters */
    void follow(Playback playback, Switchboard switchboard, Path data) {
        var notices = new VoicemailNotices(letters, users, playback.sharedVoicemails()::byId, playback.voicemails()::sound);
        events.on(VoicemailEvent.Arrived.class, arrived -> notices.arrived(arrived.voicemail()));
        new MeetingNotices(letters, switchboard.meetings(), users, clock).listen(events);
        new BoxNotices(letters, users, switchboard.emergencyNumbers()::all, clock).listen(events);
        watch = new Watch(data, part -> notifications.threshold(switch (part) {
            case DISK -> "hard_disk";
            case PROCESSOR -> "cpu";
            case MEMORY -> "memory";
        }), events, timers);
        notifications.follow(watch::look);
    }

    SystemMail mail() {
        return new SystemMail() {
            @Override
            public ObjectNode settings() {
                return notifications.document();
            }

            @Override
            public void update(Actor actor, ObjectNode changes) {
                notifications.update(actor, changes);
            }

            @Override
            public void test(String recipient, String subject, String content) {
                notifications.test(recipient, subject, content);
            }
        };
    }

    private Post post() {
        return new Post() {
            @Override
            public boolean ready() {
                return notifications.ready();
            }

            @Override
            public boolean send(String address, String subject, String text) {
                return outbox.put(new Outbox.Draft("", address, subject, text, Optional.empty(), List.of()));
            }
        };
    }

    List<Routes> routes(SignIns signIns) {
        return List.of(new NotificationRoutes(notifications, emailTemplates), new FactorRoutes(signIns, secondFactor, authenticators, resets),
                new SocialRoutes(social, signIns, webAddress), messaging, microsoftRoutes, push);
    }

    /** Where people sign in by Microsoft; empty while that is not set up. */
    Optional<String> microsoftSignIn() {
        return microsoftSignIn.ready() ? Optional.of(webAddress + "api/login/by_microsoft") : Optional.empty();
    }

    /** By which the box asks services elsewhere. */
    RemoteApi remote() {
        return remote;
    }

    /** What a sign-in asks for beside the password. */
    SecondFactor secondFactor() {
        return secondFactor;
    }

    /** What the rest of the box has mail written by. */
    Letters letters() {
        return letters;
    }

    /** Takes up what the last run left. */
    void start() {
        outbox.start();
        watch.start();
        microsoftSync.start();
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        microsoftSync.stop();
        remote.close(); // breaks off what is asked
        microsoftSync.close();
        outbox.close();
    }
}
