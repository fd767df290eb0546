package gatehouse.phones;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.phones.PhoneOrders.Order;
import gatehouse.phones.PhoneOrders.Outcome;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.Optional;
import java.util.function.Predicate;

/** Phones by their MAC, what they are told to do, and templates of the company's own. */
public final class PhoneOrderRoutes implements Routes {
    private final Phones phones;
    private final SharedPhones shared;
    private final Users users;
    private final PhoneRoutes all;
    private final PhoneOrders orders;
    private final Predicate<String> dismissed;
    private final Audit audit;

    /** @param dismissed turns away a phone that is nobody's, by its MAC, and tells whether there was one */
    public PhoneOrderRoutes(Phones phones, SharedPhones shared, Users users, PhoneRoutes all, PhoneOrders orders, Predicate<String> dismissed, Audit audit) {
        this.phones = phones;
        this.shared = shared;
        this.users = users;
        this.all = all;
        this.orders = orders;
        this.dismissed = dismissed;
        this.audit = audit;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("getPhoneDetails", request -> Answer.ok(all.summary(phone(request), request.caller().may(PhoneRoutes.SEES_SECRETS))));
        operations.bind("getPhoneAssignee", request -> {
            var phone = phone(request);
            return Answer.ok(Json.object().put("mac", phone.mac()).put("extension_number", number(phone).orElse(null)).put("vendor", phone.vendor())
                    .put("model", phone.model()));
        });
        operations.bind("reprovisionPhone", request -> given(ordered(request), Order.RESYNC));
        operations.bind("rebootPhone", request -> given(ordered(request), Order.REBOOT));
        operations.bind("rejectPhone", this::reject);
        operations.bind("reprovisionAllPhones", _ -> {
            orders.giveAll(Order.RESYNC);
            return Answer.done();
        });
        operations.bind("createFirmwareTemplate", request -> {
            var filename = text(request, "filename");
            phones.changeTemplate(Actor.of(request), filename, text(request, "content"), true);
            return Answer.ok(Json.object().put("filename", filename));
        });
        operations.bind("updateFirmwareTemplate", request -> {
            if (request.body().has("content")) {
                phones.changeTemplate(Actor.of(request), request.path("filename"), text(request, "content"), false);
            }
            return Answer.done();
        });
        operations.bind("deleteFirmwareTemplate", request -> {
            phones.changeTemplate(Actor.of(request), request.path("filename"), null, false);
            return Answer.noContent();
        });
    }

    private static String text(ApiRequest request, String field) {
        return Optional.ofNullable(request.body().path(field).textValue()).filter(text -> !text.isBlank())
                .orElseThrow(() -> Problem.invalid(field, "required", field + " is missing.").raise());
    }

    private Phone phone(ApiRequest request) {
        return phones.byMac(request.path("mac")).orElseThrow(() -> Problem.notFound("phone").raise());
    }

    /** A base has no user of its own to show, but takes orders like any. */
    private Phone ordered(ApiRequest request) {
        return PhoneRules.mac(request.path("mac")).flatMap(shared::byMac).orElseGet(() -> phone(request));
    }

    private Optional<String> number(Phone phone) {
        return users.byId(phone.userId()).flatMap(User::extensionNumber);
    }

    private Answer given(Phone phone, Order order) {
        return switch (orders.give(phone, order)) {
            case Outcome.Taken() -> Answer.done();
            case Outcome.NotTaken(var why) -> throw Problem.of(Code.CONFLICT, why).raise();
        };
    }

    /** Only a phone that came by itself and waits to be given to somebody can be turned away; it may come again. */
    private Answer reject(ApiRequest request) {
        var mac = PhoneRules.mac(request.path("mac")).orElse("");
        if (phones.byMac(mac).isEmpty() && dismissed.test(mac)) {
            audit.record(Actor.of(request), Audit.Action.DELETE, "PHONE", mac, null);
            return Answer.done();
        }
        var phone = phone(request);
        throw Problem.of(Code.CONFLICT, "The phone " + phone.mac() + " is " + number(phone).map(number -> "extension " + number + "'s").orElse("a user's")
                + " already; take it away there (POST /users/{id}/phones/{phone_id}/destroy).").raise();
    }
}
