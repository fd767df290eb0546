package gatehouse;

import gatehouse.api.Routes;
import gatehouse.audit.Audit;
import gatehouse.company.Company;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Timers;
import gatehouse.mail.SmtpMailer;
import gatehouse.notifications.EmailTemplates;
import gatehouse.notifications.Letters;
import gatehouse.notifications.NotificationRoutes;
import gatehouse.notifications.NotificationStore;
import gatehouse.notifications.Notifications;
import gatehouse.notifications.Outbox;
import gatehouse.secrets.Sealer;
import gatehouse.store.Store;
import gatehouse.users.UserEvent;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/** The parts of {@link Gatehouse} that speak with services elsewhere, built in its order; each is off until somebody sets it up. */
final class Outside implements AutoCloseable {
    /** What the rest of the box gives. */
    record Parts(Store store, Sealer sealer, Audit audit, Events events, Timers timers, Clock clock, Ids ids, Company company) { }

    private final Notifications notifications;
    private final EmailTemplates emailTemplates;
    private final Outbox outbox;
    private final Letters letters;

    /** @param webAddress where people open the page */
    Outside(Parts parts, String webAddress) {
        var domain = parts.company.domain();
        var mailer = new SmtpMailer(parts.clock, domain, (SSLSocketFactory) SSLSocketFactory.getDefault());
        var notificationStore = new NotificationStore(parts.store);
        notifications = new Notifications(notificationStore, mailer, parts.sealer, parts.audit, parts.ids, domain);
        emailTemplates = new EmailTemplates(notificationStore, parts.audit);
        outbox = new Outbox(notificationStore, notifications, mailer, new Outbox.Parts(parts.sealer, parts.audit, parts.events, parts.timers, parts.clock,
                parts.ids), task -> Thread.ofVirtual().name("mail").start(task));
        letters = new Letters(notifications, emailTemplates, outbox, parts.company, webAddress, _ -> Optional.empty());
        parts.events.on(UserEvent.Created.class, created -> letters.invite(created.user()));
    }

    List<Routes> routes() {
        return List.of(new NotificationRoutes(notifications, emailTemplates));
    }

    /** What the rest of the box has mail written by. */
    Letters letters() {
        return letters;
    }

    /** Takes up what the last run left. */
    void start() {
        outbox.start();
    }

    @Override
    public void close() {
        outbox.close();
    }
}
