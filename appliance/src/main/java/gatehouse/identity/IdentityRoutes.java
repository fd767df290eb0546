package gatehouse.identity;

import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.phones.Phones;

/** What phones must show, over HTTP. */
public final class IdentityRoutes implements Routes {
    private final Identities identities;
    private final Phones phones;

    public IdentityRoutes(Identities identities, Phones phones) {
        this.identities = identities;
        this.phones = phones;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("showIdentity", _ -> Answer.ok(identities.document()));
        operations.bind("updateIdentity", request -> {
            identities.update(Actor.of(request), request.body());
            return Answer.done();
        });
        operations.bind("renewPhoneFolder", request -> {
            var phone = phones.byMac(request.path("mac")).orElseThrow(() -> Problem.notFound("phone").raise());
            phones.renewFolder(Actor.of(request), phone);
            identities.release(phone);
            return Answer.ok(Json.object().put("mac", phone.mac()));
        });
    }
}
