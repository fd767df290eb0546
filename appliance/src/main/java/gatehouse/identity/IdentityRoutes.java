package gatehouse.identity;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problem;
import gatehouse.phones.Phones;
import gatehouse.users.User;
import gatehouse.users.Users;

/** What phones must show, over HTTP. */
public final class IdentityRoutes implements Routes {
    private final Identities identities;
    private final Phones phones;
    private final VendorRoots roots;
    private final Users users;
    private final AdoptionPins pins;
    private final Audit audit;

    public IdentityRoutes(Identities identities, Phones phones, VendorRoots roots, Users users, AdoptionPins pins, Audit audit) {
        this.users = users;
        this.pins = pins;
        this.identities = identities;
        this.phones = phones;
        this.roots = roots;
        this.audit = audit;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("showIdentity", _ -> Answer.ok(identities.document()));
        operations.bind("updateIdentity", request -> {
            identities.update(Actor.of(request), request.body());
            return Answer.done();
        });
        operations.bind("listVendorRoots", _ -> Answer.ok(Json.items(roots.all().stream().map(IdentityRoutes::json).toList())));
        operations.bind("createVendorRoot", request -> {
            var name = roots.add(request.body().path("vendor").asText(), request.body().path("pem").asText());
            audit.record(Actor.of(request), Action.CREATE, "VENDOR_ROOT", name, null);
            return Answer.ok(Json.object().put("name", name));
        });
        operations.bind("destroyVendorRoot", request -> {
            roots.remove(request.path("name"));
            audit.record(Actor.of(request), Action.DELETE, "VENDOR_ROOT", request.path("name"), null);
            return Answer.noContent();
        });
        operations.bind("openAdoptionPin", request -> {
            var user = user(request);
            var pin = pins.open(user.id());
            audit.record(Actor.of(request), Action.CREATE, "ADOPTION_PIN", user.label(), null);
            return Answer.ok(Json.object().put("extension_number", user.extensionNumber().orElseThrow()).put("pin", pin.digits())
                    .put("dial", identities.dialled() ? StarterAccounts.CODE + pin.digits() : null)
                    .put("open_until", Json.time(pin.until())));
        });
        operations.bind("closeAdoptionPin", request -> {
            pins.close(user(request).id());
            return Answer.noContent();
        });
        operations.bind("renewPhoneFolder", request -> {
            var phone = phones.byMac(request.path("mac")).orElseThrow(() -> Problem.notFound("phone").raise());
            phones.renewFolder(Actor.of(request), phone);
            identities.release(phone);
            return Answer.ok(Json.object().put("mac", phone.mac()));
        });
    }

    private User user(ApiRequest request) {
        var user = users.byId(request.path("id")).orElseThrow(() -> Problem.notFound("user").raise());
        if (user.extensionNumber().isEmpty() || !user.enabled()) {
            throw Problem.of(Problem.Code.CONFLICT, Refusal.USER_OFF.cure()).raise();
        }
        return user;
    }

    private static ObjectNode json(VendorRoots.Root root) {
        var certificate = root.certificate();
        return Json.object().put("name", root.name()).put("vendor", root.vendor()).put("subject", certificate.getSubjectX500Principal().getName())
                .put("issuer", certificate.getIssuerX500Principal().getName()).put("fingerprint", root.fingerprint())
                .put("not_after", Json.time(certificate.getNotAfter().toInstant()));
    }
}
