package gatehouse.receptionists;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;
import gatehouse.resources.Resources;

/** Virtual receptionists over HTTP (contract area virtual-receptionist). */
public final class ReceptionistRoutes implements Routes {
    private static final String MAY_SET = "phone_system.full_access";
    private static final Listing LISTING = Listing.of(Receptionists.TABLE, "json_extract(document, '$.name') COLLATE NOCASE, id",
            Field.text("id", "id"), Field.json("name", Kind.TEXT).asSearched(), Field.json("extension_number", Kind.TEXT).asSearched());

    private final Receptionists receptionists;
    private final ActionUrls urls;
    private final ReceptionistLive live;

    public ReceptionistRoutes(Receptionists receptionists, ActionUrls urls, ReceptionistLive live) {
        this.receptionists = receptionists;
        this.urls = urls;
        this.live = live;
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(receptionists.resources(), LISTING).list(operations, "listVrs").delete(operations, "deleteVrs");
        operations.bind("createVr", request -> Answer.created(receptionists.create(Actor.of(request), request.filledBody())));
        operations.bind("getIvr", request -> Answer.ok(receptionists.show(request.path("id"), maySet(request))));
        operations.bind("updateVr", request -> {
            receptionists.update(Actor.of(request), request.path("id"), request.body());
            return Answer.done();
        });
        operations.bind("getVrStatus", this::status);
        operations.bind("createActionUrl", request -> Answer.created(urls.create(Actor.of(request), request.path("id"), request.filledBody())));
        operations.bind("listActionUrls", request -> Answer.ok(Json.items(urls.list(request.path("id"), maySet(request)))));
        operations.bind("showActionUrl", request -> Answer.ok(urls.show(request.path("id"), request.path("url_id"), maySet(request))));
        operations.bind("updateActionUrl", request -> {
            urls.update(Actor.of(request), request.path("id"), request.path("url_id"), request.body());
            return Answer.done();
        });
        operations.bind("deleteActionUrl", request -> {
            urls.delete(Actor.of(request), request.path("id"), request.path("url_id"));
            return Answer.noContent();
        });
    }

    private Answer status(ApiRequest request) {
        var id = receptionists.resources().get(Resources.COMPANY, request.path("id")).id();
        return Answer.ok(Json.object().put("status", live.answers(id) ? "ONLINE" : "OFFLINE"));
    }

    /** Who may set secrets may read them too, so that what was read can be sent back; nobody else does. */
    private static boolean maySet(ApiRequest request) {
        return request.caller().may(MAY_SET);
    }
}
