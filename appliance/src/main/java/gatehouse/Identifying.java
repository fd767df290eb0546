package gatehouse;

import gatehouse.api.Routes;
import gatehouse.dect.DectPhones;
import gatehouse.dect.DectStore;
import gatehouse.discovery.Adopting;
import gatehouse.discovery.KnownPhones;
import gatehouse.identity.AdoptionPins;
import gatehouse.identity.FactoryCertificates;
import gatehouse.hotdesking.HotDesks;
import gatehouse.identity.Identities;
import gatehouse.identity.IdentityRoutes;
import gatehouse.identity.IdentityStore;
import gatehouse.identity.SipSecrets;
import gatehouse.identity.StarterAccounts;
import gatehouse.identity.VendorRoots;
import gatehouse.phones.Newcomers;
import gatehouse.phones.Phones;
import gatehouse.phones.Seen;
import gatehouse.phones.Sightings;
import gatehouse.resources.Keeping;
import gatehouse.users.Users;
import java.util.List;
import java.util.function.Function;

/** The parts of {@link Gatehouse} that ask phones who they are, built in its order. */
final class Identifying {
    private final DectPhones bases;
    private final KnownPhones known;
    private final Identities identities;
    private final IdentityRoutes routes;
    private final SipSecrets ofPhones;
    private final Adopting adopting;

    /** @param registered where an extension is registered now, by its number */
    Identifying(Keeping keeping, Config config, Phones phones, HotDesks desks, Users users, Sightings sightings, Function<String, List<Seen>> registered,
                SipSecrets ofPhones, StarterAccounts starters) {
        this.ofPhones = ofPhones;
        bases = new DectPhones(keeping, new DectStore(keeping.store()), phones, users);
        known = new KnownPhones(phones, desks, bases, users, sightings, registered);
        var roots = new VendorRoots(config.data().resolve("vendor-roots"));
        var pins = new AdoptionPins(keeping.ids(), keeping.events(), keeping.clock());
        identities = new Identities(keeping, new IdentityStore(keeping.store()), new FactoryCertificates(roots, keeping.clock()), pins, known::isAt);
        adopting = new Adopting(pins, starters, new Newcomers(phones), identities, users, config.domain());
        routes = new IdentityRoutes(identities, phones, roots, users, pins, keeping.audit());
    }

    DectPhones bases() {
        return bases;
    }

    KnownPhones known() {
        return known;
    }

    Identities identities() {
        return identities;
    }

    Adopting adopting() {
        return adopting;
    }

    SipSecrets sipSecrets() {
        return ofPhones;
    }

    List<Routes> routes() {
        return List.of(routes);
    }
}
