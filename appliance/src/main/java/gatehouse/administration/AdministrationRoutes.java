package gatehouse.administration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.certificates.Certificates;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Single;
import gatehouse.store.Store.Tx;
import gatehouse.users.OwnChanges;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The box itself over HTTP (contract area administration). */
public final class AdministrationRoutes implements Routes {
    private final NetworkSettings network;
    private final Single brand;
    private final Supplier<ObjectNode> status;
    private final OwnChanges ownChanges;
    private final Certificates certificates;
    private final SystemNotifications notifications;
    private final SystemMail mail;
    private final Options options;
    private final Audit audit;

    /** @param status the company's numbers, which are the box's */
    public AdministrationRoutes(Keeping keeping, NetworkSettings network, Supplier<ObjectNode> status, OwnChanges ownChanges, Certificates certificates,
                                SystemMail mail, Options options) {
        this.network = network;
        this.status = status;
        this.ownChanges = ownChanges;
        this.certificates = certificates;
        this.mail = mail;
        this.options = options;
        audit = keeping.audit();
        brand = new Single(keeping.of(Kind.of("brand", "SYSTEM", "brand", "product").rules(new Kind.Rules() {
            @Override
            public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
                for (var link : List.of("website", "forum")) {
                    problems.addIf(draft.document().path(link).isTextual() && !draft.text(link).matches("https?://[^\\s\"<>]+"), link, "format",
                            link + " must be an address that begins with https://.");
                }
            }
        })), Json.object());
        notifications = new SystemNotifications(mail);
    }

    /** What the page calls the product and where it leads to. */
    public ObjectNode brand() {
        return brand.get().document();
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("retrieveNetworkConfigurations", _ -> Answer.ok(network.show()));
        operations.bind("updateNetworkConfigurations", request -> {
            network.update(Actor.of(request), request.body());
            return Answer.done();
        });
        operations.bind("retrieveCurrentSystemStatus", _ -> Answer.ok(status.get().put("current_tenants", 1)));
        operations.bind("changeSystemAdminUsername", request -> {
            ownChanges.rename(Actor.of(request), request.caller().userId(), request.body().get("name").textValue());
            return Answer.done();
        });
        operations.bind("resetSystemAdminPassword", request -> {
            ownChanges.changePassword(Actor.of(request), request.caller().userId(), request.body());
            return Answer.done();
        });
        operations.bind("listOptions", _ -> Answer.ok(options.show()));
        operations.bind("updateOptions", request -> {
            options.update(Actor.of(request), request.body());
            return Answer.done();
        });
        operations.bind("updateBrandInformation", request -> {
            brand.update(Actor.of(request), request.body());
            return Answer.done();
        });
        key(operations);
        mail(operations);
    }

    private void key(Operations operations) {
        operations.bind("showKey", _ -> Answer.ok(Json.object().put("crt", certificates.pem()).putNull("key"))); // the key never leaves the box
        operations.bind("updateKey", this::replace);
    }

    private Answer replace(ApiRequest request) {
        try {
            certificates.replace(request.body().get("crt").textValue(), request.body().get("key").textValue());
        } catch (IllegalArgumentException e) {
            throw Problem.invalid("crt", "format", e.getMessage()).raise();
        }
        audit.record(Actor.of(request), Audit.Action.UPDATE, "SYSTEM", "certificate", null);
        return Answer.noContent();
    }

    private void mail(Operations operations) {
        operations.bind("getSystemNotificationSettings", _ -> Answer.ok(notifications.show()));
        operations.bind("updateSystemNotificationSettings", request -> {
            notifications.update(Actor.of(request), request.body());
            return Answer.done();
        });
        operations.bind("sendGlobalNotificationTestEmail", request -> {
            var body = request.body();
            mail.test(body.get("recipient").textValue(), body.get("subject").textValue(), body.get("content").textValue());
            return Answer.done();
        });
    }
}
