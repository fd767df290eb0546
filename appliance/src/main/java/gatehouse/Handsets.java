package gatehouse;

import gatehouse.api.Routes;
import gatehouse.company.Company;
import gatehouse.core.Timers;
import gatehouse.dect.DectPhones;
import gatehouse.dect.DectRoutes;
import gatehouse.hotdesking.HotDesks;
import gatehouse.phones.OwnPhoneRoutes;
import gatehouse.phones.PhoneLinkRoutes;
import gatehouse.phones.PhoneOrderRoutes;
import gatehouse.phones.PhoneOrders;
import gatehouse.phones.PhoneRoutes;
import gatehouse.phones.PhoneTableRoutes;
import gatehouse.phones.Phones;
import gatehouse.phones.Sightings;
import gatehouse.registrations.Registrations;
import gatehouse.resources.Keeping;
import gatehouse.sip.SipEdge;
import gatehouse.users.Users;
import java.util.List;
import java.util.function.Predicate;

/** The ways in to phones, wired by hand like {@link Gatehouse}, whose part it is: whose they are, their templates, what they are told. */
final class Handsets {
    private final List<Routes> routes;

    /** @param dismissed turns away a phone that is nobody's, by its MAC, and tells whether there was one */
    Handsets(Config config, Keeping keeping, Phones phones, HotDesks desks, DectPhones bases, Users users, Company company, Sightings sightings, Registrations registrations,
             SipEdge sip, Timers timers, Predicate<String> dismissed) {
        phones.templates().usedBy(desks::uses);
        var all = new PhoneRoutes(phones, users, sightings, config.httpPort(), config.phonesHttpsPort());
        var orders = new PhoneOrders(phones, bases, users, sightings, registrations::bindings, sip::tell, timers);
        routes = List.of(all, new OwnPhoneRoutes(phones, all), new PhoneLinkRoutes(phones, all),
                new PhoneOrderRoutes(phones, bases, users, all, orders, dismissed, keeping.audit()),
                new PhoneTableRoutes(phones, users, () -> company.settings().zone().getId()),
                new DectRoutes(bases, users, config.httpPort()));
    }

    List<Routes> routes() {
        return routes;
    }
}
