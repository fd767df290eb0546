package gatehouse;

import gatehouse.api.Routes;
import gatehouse.discovery.KnownPhones;
import gatehouse.identity.Identities;
import gatehouse.identity.IdentityRoutes;
import gatehouse.identity.IdentityStore;
import gatehouse.identity.SipSecrets;
import gatehouse.phones.Phones;
import gatehouse.resources.Keeping;
import java.util.List;

/** The parts of {@link Gatehouse} that ask phones who they are, built in its order. */
final class Identifying {
    private final Identities identities;
    private final IdentityRoutes routes;
    private final SipSecrets ofPhones;

    Identifying(Keeping keeping, Phones phones, KnownPhones known, SipSecrets ofPhones) {
        this.ofPhones = ofPhones;
        identities = new Identities(keeping, new IdentityStore(keeping.store()), known::isAt);
        routes = new IdentityRoutes(identities, phones);
    }

    Identities identities() {
        return identities;
    }

    SipSecrets sipSecrets() {
        return ofPhones;
    }

    List<Routes> routes() {
        return List.of(routes);
    }
}
