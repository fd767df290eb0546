package gatehouse.hotdesking;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.users.Users;
import java.util.function.Predicate;

/** Hot desks over HTTP (contract area hot-desking). */
public final class HotDeskRoutes implements Routes {
    private static final Listing LISTING = Listing.of(HotDesks.TABLE, "created_at, id", Field.text("id", "id"), Field.json("model", Kind.TEXT).asSearched(),
            Field.json("extension_number", Kind.TEXT).asSearched(), Field.json("display_name", Kind.TEXT).asSearched());
    private final HotDesks desks;
    private final Users users;
    private final Predicate<String> online;
    private final int httpPort;
    private final int httpsPort;

    /** @param online whether a phone is registered under a number */
    public HotDeskRoutes(HotDesks desks, Users users, Predicate<String> online, int httpPort, int httpsPort) {
        this.desks = desks;
        this.users = users;
        this.online = online;
        this.httpPort = httpPort;
        this.httpsPort = httpsPort;
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(desks.devices(), LISTING).shown(this::json).list(operations, "listHotDeskingDevices").update(operations, "updateHotDeskingDevice")
                .delete(operations, "deleteHotDeskingDevice");
        operations.bind("createHotDeskingDevice", request -> Answer.created(desks.create(Actor.of(request), request.filledBody())));
        operations.bind("showHotDeskingDevice", this::show);
        operations.bind("getHotDeskingDeviceStatus", request -> {
            var number = HotDesks.currentNumber(device(request), users);
            return Answer.ok(Json.object().put("status", online.test(number) ? "ONLINE" : "OFFLINE").put("current_extension_number", number));
        });
        operations.bind("logoutHotDeskingDevice", request -> {
            desks.signOut(Actor.of(request), device(request).id());
            return Answer.noContent();
        });
    }

    private Resource device(ApiRequest request) {
        return desks.devices().get(Resources.COMPANY, request.path("id"));
    }

    private ObjectNode json(Resource device) {
        return device.json().put("current_extension_number", HotDesks.currentNumber(device, users));
    }

    /** The phone's web password is for who may change the device. */
    private Answer show(ApiRequest request) {
        var device = device(request);
        var body = json(device).put("url", desks.address(device, request.origin(), httpPort, httpsPort));
        if (request.caller().may("phone_system.full_access")) {
            body.put("password", desks.devices().secret(device, "password").orElse(null));
        }
        return Answer.ok(body);
    }
}
