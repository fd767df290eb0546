package gatehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Routes;
import gatehouse.blobs.Files;
import gatehouse.callback.AutomaticCallback;
import gatehouse.callback.CallbackRoutes;
import gatehouse.callerlists.BlacklistPrompts;
import gatehouse.callerlists.CallerListRoutes;
import gatehouse.callerlists.CallerListStore;
import gatehouse.callerlists.CallerLists;
import gatehouse.callerlists.ExclusiveAgents;
import gatehouse.calls.CallEvent;
import gatehouse.calls.Calls;
import gatehouse.company.Company;
import gatehouse.emergency.EmergencyNumbers;
import gatehouse.emergency.EmergencyRoutes;
import gatehouse.featurecodes.FeatureCodeRoutes;
import gatehouse.featurecodes.FeatureCodeStore;
import gatehouse.featurecodes.FeatureCodes;
import gatehouse.groups.Groups;
import gatehouse.holidays.Holidays;
import gatehouse.hours.Calendar;
import gatehouse.hours.Week;
import gatehouse.hunting.Providers;
import gatehouse.inbound.InboundRoutes;
import gatehouse.inbound.InboundRules;
import gatehouse.meetings.MeetingEngine;
import gatehouse.meetings.MeetingRoutes;
import gatehouse.meetings.Meetings;
import gatehouse.monitoring.Monitoring;
import gatehouse.monitoring.MonitoringRoutes;
import gatehouse.numbering.Countries;
import gatehouse.outbound.OutboundRoutes;
import gatehouse.outbound.OutboundRules;
import gatehouse.outbound.UserGroups;
import gatehouse.parking.Parking;
import gatehouse.parking.ParkingRoutes;
import gatehouse.pickup.PickupGroups;
import gatehouse.pickup.PickupRoutes;
import gatehouse.queues.AgentRoutes;
import gatehouse.queues.Agents;
import gatehouse.queues.Lines;
import gatehouse.queues.QueueLive;
import gatehouse.queues.QueueRoutes;
import gatehouse.queues.Queues;
import gatehouse.receptionists.ActionUrls;
import gatehouse.receptionists.ReceptionistLive;
import gatehouse.receptionists.ReceptionistRoutes;
import gatehouse.receptionists.Receptionists;
import gatehouse.registrations.RegistrationChanged;
import gatehouse.resources.Keeping;
import gatehouse.ringgroups.RingGroupRoutes;
import gatehouse.ringgroups.RingGroups;
import gatehouse.security.HomeCountry;
import gatehouse.security.Security;
import gatehouse.security.SecurityRoutes;
import gatehouse.store.Store;
import gatehouse.trunks.CallerIds;
import gatehouse.trunks.TrunkLive;
import gatehouse.trunks.TrunkRoutes;
import gatehouse.trunks.Trunks;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * What the office sets up for its calls, wired by hand like {@link Gatehouse}, whose part it is: trunks and bars, groups and queues, and the
 * services that users dial codes for. Nothing here opens a port; the engine reads what it keeps.
 */
final class Switchboard {
    private final List<Routes> routes;
    private final Queues queues;
    private final Agents agents;
    private final QueueLive queueLive;
    private final Security security;
    private final EmergencyNumbers emergencyNumbers;
    private final Meetings meetings;

    Switchboard(Keeping keeping, Users users, Company company, Holidays holidays, Groups groups, Trunks trunks, Files files, Lines lines,
                RandomGenerator random) {
        // Calls outside.
        var countries = Countries.shipped();
        emergencyNumbers = new EmergencyNumbers(keeping);
        security = new Security(keeping, countries, () -> HomeCountry.of(countries, company.settings().document()), emergencyNumbers);
        var calendar = new CompanyCalendar(company, holidays);
        var inboundRules = new InboundRules(keeping, trunks, calendar, security::written);
        var outboundRules = new OutboundRules(keeping, trunks, security, calendar, (tx, named) -> groups.known(tx, named).stream()
                .map(group -> new UserGroups.UserGroup(group.id(), group.text("name"), group.text("description"))).toList(), random);
        var callerIds = new CallerIds(trunks, List.of(user -> user.settings().path("outbound_caller_ids"), user -> groupCallerIds(groups, user),
                _ -> company.settings().document().path("outbound_caller_ids")));

        trunks.neededBy((tx, id) -> groups.showingNumbersOf(tx, id).stream().map(name -> "the caller ids of the group " + name).toList());
        trunks.neededBy((_, id) -> company.showsNumbersOf(id) ? List.of("the company's caller ids") : List.of());

        // Groups of people.
        Providers providers = trunks::known;
        var receptionists = new Receptionists(keeping, providers, files, calendar);
        queueLive = QueueLive.NO_CALLS;
        var ringGroups = new RingGroups(keeping, users, providers);
        queues = new Queues(keeping, users, providers, files);
        agents = new Agents(queues, keeping, users, lines, queueLive);
        var callerListStore = new CallerListStore();
        var callerLists = new CallerLists(keeping, callerListStore);

        // What users dial codes for.
        var parking = new Parking(keeping, users, ringGroups::exists);
        var pickup = new PickupGroups(keeping, users);
        var monitoring = new Monitoring(keeping, users);
        var callback = new AutomaticCallback(keeping);
        var featureCodes = new FeatureCodes(new FeatureCodeStore(keeping.store()), keeping.audit());

        // Where many talk.
        meetings = new Meetings(keeping, users, providers, files, MeetingEngine.NONE);

        routes = List.of(
                new MeetingRoutes(meetings, users, company.domain()),
                new TrunkRoutes(trunks, TrunkLive.NOBODY_SPEAKS, callerIds, users), new InboundRoutes(inboundRules),
                new OutboundRoutes(outboundRules), new EmergencyRoutes(emergencyNumbers), new SecurityRoutes(security),
                new ReceptionistRoutes(receptionists, new ActionUrls(keeping, receptionists), ReceptionistLive.NOBODY_ANSWERS),
                new RingGroupRoutes(ringGroups),
                new QueueRoutes(queues, agents, queueLive, users, keeping.clock()), new AgentRoutes(agents, queues, users),
                new CallerListRoutes(callerLists, new ExclusiveAgents(callerLists, callerListStore, queues, users, keeping),
                        new BlacklistPrompts(keeping, callerListStore, files)),
                new ParkingRoutes(parking), new PickupRoutes(pickup), new MonitoringRoutes(monitoring), new CallbackRoutes(callback),
                new FeatureCodeRoutes(featureCodes));

        // A registration or a call changes how agents are.
        keeping.events().on(RegistrationChanged.class, changed -> agents.observe(changed.extensionNumber()));
        keeping.events().on(CallEvent.class, event -> follow(event, agents));
    }

    Security security() {
        return security;
    }

    Queues queues() {
        return queues;
    }

    Agents agents() {
        return agents;
    }

    QueueLive queueLive() {
        return queueLive;
    }

    EmergencyNumbers emergencyNumbers() {
        return emergencyNumbers;
    }

    Meetings meetings() {
        return meetings;
    }

    List<Routes> routes() {
        return routes;
    }

    private static JsonNode groupCallerIds(Groups groups, User user) {
        var all = JsonNodeFactory.instance.arrayNode();
        groups.of(user.id()).forEach(group -> group.document().path("outbound_caller_ids").forEach(all::add));
        return all;
    }

    /** The company's hours and holidays, as schedules read them. */
    private record CompanyCalendar(Company company, Holidays holidays) implements Calendar {
        @Override
        public ZoneId zone() {
            return company.settings().zone();
        }

        @Override
        public Optional<Week> companyHours() {
            return company.settings().officeHours();
        }

        @Override
        public boolean nightMode() {
            return company.settings().nightMode();
        }

        @Override
        public boolean isHoliday(Collection<String> ids, Instant at) {
            return holidays.isHoliday(ids, at, zone());
        }

        @Override
        public List<ObjectNode> holidays(Store.Tx tx, Collection<String> ids) {
            return holidays.byIds(tx, ids);
        }
    }

    private static void follow(CallEvent event, Agents agents) {
        switch (event) {
            case CallEvent.Started(var call) -> Stream.of(call.caller(), call.callee()).forEach(agents::observe);
            case CallEvent.Ended(var id, var record) -> Stream.of(record.caller(), record.callee()).forEach(number -> {
                if (record.answeredAt().isPresent()) {
                    agents.afterCall(id, number);
                }
                agents.observe(number);
            });
            default -> { }
        }
    }
}
