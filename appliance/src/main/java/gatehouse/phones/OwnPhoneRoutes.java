package gatehouse.phones;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;

/** The phones of who asks. */
public final class OwnPhoneRoutes implements Routes {
    private final Phones phones;
    private final PhoneRoutes all;

    public OwnPhoneRoutes(Phones phones, PhoneRoutes all) {
        this.phones = phones;
        this.all = all;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("createCurrentUserPhone", request -> Answer.created(phones.create(Actor.of(request), me(request), request.filledBody()).id()));
        operations.bind("listCurrentUserPhones", request -> Answer.ok(Json.items(phones.of(me(request)).stream()
                .map(phone -> all.json(phone, request)).toList())));
        operations.bind("showCurrentUserPhone", request -> Answer.ok(all.json(phones.find(me(request), request.path("id")), request)));
        operations.bind("updateCurrentUserPhone", request -> {
            phones.update(Actor.of(request), me(request), request.path("id"), request.body());
            return Answer.done();
        });
        operations.bind("deleteCurrentUserPhone", request -> {
            phones.delete(Actor.of(request), me(request), request.path("id"));
            return Answer.noContent();
        });
    }

    private static String me(ApiRequest request) {
        return request.caller().userId();
    }
}
