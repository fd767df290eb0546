package gatehouse;

import gatehouse.administration.AdministrationRoutes;
import gatehouse.administration.NetworkSettings;
import gatehouse.administration.Options;
import gatehouse.administration.OwnNetwork;
import gatehouse.api.Routes;
import gatehouse.audit.AuditRoutes;
import gatehouse.audit.AuditStore;
import gatehouse.audit.EventLog;
import gatehouse.audit.EventLog.Level;
import gatehouse.audit.EventLogStore;
import gatehouse.calls.Calls;
import gatehouse.certificates.Certificates;
import gatehouse.core.AddressFilter;
import gatehouse.core.Timers;
import gatehouse.doors.DoorEvent;
import gatehouse.identity.IdentityEvent;
import gatehouse.ipfilters.IpRuleEvent;
import gatehouse.ipfilters.IpRuleRoutes;
import gatehouse.ipfilters.IpRules;
import gatehouse.microsoft365.Microsoft365Event;
import gatehouse.notifications.NotificationEvent;
import gatehouse.provisioning.ProvisioningEvent;
import gatehouse.resources.Keeping;
import gatehouse.resources.ResourceEvent;
import gatehouse.signin.SignInEvent;
import gatehouse.sip.ShutOut;
import gatehouse.sip.SipEdge;
import gatehouse.sip.SipEvent;
import gatehouse.system.MachineEvent;
import gatehouse.system.Statistics;
import gatehouse.system.SystemRoutes;
import gatehouse.system.SystemStatus;
import gatehouse.system.TenantStatusRoutes;
import gatehouse.transports.SipPorts;
import gatehouse.transports.SipPorts.Taken;
import gatehouse.transports.TransportRoutes;
import gatehouse.users.OwnChanges;
import gatehouse.webhooks.WebhookEvent;
import java.util.List;
import java.util.Locale;

/** The parts of {@link Gatehouse} that watch over the box itself: whom it speaks with, and what happened to it. */
final class Supervision implements AutoCloseable {
    private final Keeping keeping;
    private final AuditStore auditStore;
    private final EventLogStore eventLogStore;
    private final EventLog log;
    private final IpRules ipRules;
    private final Timers timers;
    private final Options options;
    private final SipPorts ports;
    private Statistics statistics;
    private boolean started;

    Supervision(Keeping keeping, AuditStore auditStore, Timers timers) {
        this.keeping = keeping;
        this.auditStore = auditStore;
        eventLogStore = new EventLogStore(keeping.store());
        log = new EventLog(eventLogStore, keeping.clock(), timers, keeping.ids());
        ipRules = new IpRules(keeping);
        this.timers = timers;
        options = new Options(keeping);
        ports = new SipPorts(keeping);

        var events = keeping.events();
        events.on(SipEvent.class, this::note);
        events.on(ShutOut.class, event -> log.record(Level.WARN, "SIP", event.address() + " sends more requests than the settings allow and is not heard until "
                + event.until() + "."));
        events.on(SignInEvent.LockedOut.class, event -> log.record(Level.WARN, "LOGIN", "Too many wrong passwords for " + event.name() + " from "
                + event.address() + ": locked until " + event.until() + "."));
        events.on(IpRuleEvent.Blocked.class, event -> log.record(Level.WARN, "FIREWALL", event.address() + " is blocked by a rule and was turned away."));
        events.on(ResourceEvent.class, event -> {
            if (event.table().equals(IpRules.TABLE)) {
                note(event);
            }
        });
        events.on(DoorEvent.Refused.class, event -> log.record(Level.WARN, "DOOR", "A wrong door code from " + event.by() + " at " + event.doorPhone()
                + (event.locked() ? "; no more tries for a while." : ".")));
        events.on(IdentityEvent.class, this::note);
        events.on(ProvisioningEvent.Guessing.class, event -> log.record(Level.WARN, "PROVISIONING", event.address()
                + " asks for phones' files that are not there, again and again, and has to wait: somebody may be guessing."));
        events.on(MachineEvent.Exceeded.class, event -> log.record(Level.WARN, "SYSTEM", "The " + event.part().name().toLowerCase(Locale.ROOT) + " is at "
                + Math.round(event.use().percent()) + " %, above the " + event.threshold() + " % of the settings."));
        events.on(Microsoft365Event.class, event -> {
            switch (event) {
                case Microsoft365Event.Synchronised(var what) -> log.record(Level.INFO, "MS365", "Synchronised with Microsoft 365: " + what + ".");
                case Microsoft365Event.Failed(var why) -> log.record(Level.WARN, "MS365", "Synchronising with Microsoft 365 failed: " + why);
            }
        });
        events.on(WebhookEvent.class, event -> {
            switch (event) {
                case WebhookEvent.GivenUp(var hook, var count, var what, var why) -> log.record(Level.ERROR, "WEBHOOK", count + " event(s) for " + hook
                        + " were given up" + (what.isEmpty() ? ": " : " (" + what + "): ") + why);
                case WebhookEvent.Full(var hook) -> log.record(Level.ERROR, "WEBHOOK", "So many events wait for " + hook + " that new ones are lost.");
            }
        });
        events.on(NotificationEvent.GivenUp.class, event -> log.record(Level.ERROR, "MAIL", "No mail reached " + event.recipient() + ": " + event.why()));
    }

    private void note(SipEvent event) {
        switch (event) {
            case SipEvent.Refused(var username, var address) ->
                    log.record(Level.INFO, "SIP", "A wrong SIP password, or an unknown extension: " + username + " from " + address + ".");
            case SipEvent.LockedOut(var username, var address, var until) ->
                    log.record(Level.WARN, "SIP", "Too many wrong SIP passwords for " + username + " from " + address + ": locked until " + until + ".");
        }
    }

    private void note(IdentityEvent event) {
        switch (event) {
            case IdentityEvent.OtherAddress(var phone, var before, var now, var given) -> log.record(Level.WARN, "PROVISIONING", "The files of the phone "
                    + phone.mac() + " were asked for from " + now + ", but it came from " + before + " before; they were " + (given ? "given." : "not given."));
            case IdentityEvent.Adopted(var phone, var address, var evidence) -> log.record(Level.INFO, "PROVISIONING", "The phone " + phone.mac()
                    + " was adopted at " + address + " on its " + evidence + ".");
            case IdentityEvent.CertificateRefused(var phone, var address, var why, var detail) -> log.record(Level.WARN, "PROVISIONING", "The phone " + phone.mac()
                    + " at " + address + " showed a certificate, but " + why.why() + (detail.isEmpty() ? "." : " (" + detail + ")."));
            case IdentityEvent.PinClosed(var user, var address) -> log.record(Level.WARN, "PROVISIONING", "Too many wrong adoption PINs, the last from " + address
                    + ": the PIN of the user " + user + " opens nothing any more.");
            case IdentityEvent.PinGuessed(var address, var until) -> log.record(Level.WARN, "PROVISIONING", "Too many wrong adoption PINs from " + address
                    + ": none is taken from there until " + until + ".");
            case IdentityEvent.PasswordShown _ -> { }
        }
    }

    private void note(ResourceEvent event) {
        log.record(Level.INFO, "FIREWALL", "The rule " + event.resource().text("target") + " " + event.resource().text("cidr") + " was " + switch (event) {
            case ResourceEvent.Created _ -> "added.";
            case ResourceEvent.Updated _ -> "changed.";
            case ResourceEvent.Deleted _ -> "removed.";
        });
    }

    AddressFilter addresses() {
        return ipRules;
    }

    Options options() {
        return options;
    }

    /** With the ports for SIP that somebody set. */
    Config withPorts(Config said) {
        var now = ports.over(said.bind(), new SipPorts.Ports(said.sipPort(), said.sipsPort()));
        if (!now.equals(ports.wanted())) {
            log.record(Level.ERROR, "SYSTEM", "Another program has a port that was set for SIP: the box listens on " + now.sip() + " and " + now.sips()
                    + " instead of " + ports.wanted().sip() + " and " + ports.wanted().sips() + ".");
        }
        return new Config(said.data(), said.bind(), said.httpsPort(), said.httpPort(), now.sip(), now.sips(), said.rtpPorts(), said.discovery(), said.domain(),
                said.consolePort(), said.board(), said.logLevel(), said.adminPassword());
    }

    /** What administration needs of others. */
    record Parts(TenantStatusRoutes tenant, SystemStatus status, Config config, OwnChanges ownChanges, Certificates certificates, Outside outside,
                 SipEdge sip) { }

    List<Routes> routes(Parts parts) {
        var network = new NetworkSettings(keeping, new OwnNetwork(parts.config.bind()));
        var administration = new AdministrationRoutes(keeping, network, () -> parts.tenant.status().put("max_concurrent_calls", Calls.MOST_CALLS),
                parts.ownChanges, parts.certificates, parts.outside.mail(), options);
        statistics = new Statistics(parts.status, options::statisticsSeconds, timers, line -> log.record(Level.INFO, "SYSTEM", line));
        options.follow(statistics::start);
        return List.of(new AuditRoutes(auditStore, eventLogStore), new IpRuleRoutes(ipRules), administration, parts.tenant, transports(parts),
                new SystemRoutes(parts.status, parts.config.domain(), parts.config.data(), parts.outside::microsoftSignIn, network::show, administration::brand));
    }

    private TransportRoutes transports(Parts parts) {
        var config = parts.config;
        return new TransportRoutes(ports, List.of(new Taken("HTTPS", config.httpsPort()), new Taken("HTTP", config.httpPort()),
                new Taken("TFTP", config.discovery().tftpPort()), new Taken("sound", config.rtpPorts().first(), config.rtpPorts().last())),
                transport -> parts.sip.listensOn(transport.protocol().name(), transport.port()));
    }

    void started() {
        started = true;
        statistics.start();
        log.record(Level.INFO, "SYSTEM", "Gatehouse " + Version.text() + " started.");
    }

    /** What could not be opened, in words for a person. */
    void failed(String why) {
        log.record(Level.ERROR, "SYSTEM", "Gatehouse did not start: " + why);
    }

    @Override
    public void close() {
        if (started) {
            log.record(Level.INFO, "SYSTEM", "Gatehouse stopped.");
        }
        if (statistics != null) {
            statistics.close();
        }
        log.close();
    }
}
