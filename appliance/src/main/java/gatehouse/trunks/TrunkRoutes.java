package gatehouse.trunks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.users.Users;

/** Trunks over HTTP (contract area trunk). */
public final class TrunkRoutes implements Routes {
    private static final Listing LISTING = Listing.of(Trunks.TABLE, "json_extract(document, '$.name') COLLATE NOCASE, id",
            Field.text("id", "id"), Field.json("name", Kind.TEXT).asSearched(), Field.json("enabled", Kind.BOOLEAN),
            Field.json("brand", Kind.TEXT).asSearched(), Field.json("hostname", Kind.TEXT).asSearched(), Field.json("port", Kind.NUMBER),
            Field.json("did_numbers", Kind.TEXT).asSearched(), Field.json("auth_mode", Kind.TEXT), Field.json("transport", Kind.TEXT));
    private static final String[] EXPORTED = {"name", "enabled", "brand", "auth_mode", "transport", "hostname", "port", "auth_id", "username",
        "registration", "register_interval", "outbound_server", "outbound_server_port", "inlan", "single_via_header", "rewrite_via_ip", "verify_port",
        "keep_alive", "keep_alive_interval", "concurrency", "additional_ips", "adjust_sdp_direction", "remove_srtp_info",
        "stir_shaken_signature_required", "did_numbers", "inbound_parameters", "outbound_parameters"};

    private final Trunks trunks;
    private final TrunkLive live;
    private final CallerIds callerIds;
    private final Users users;

    public TrunkRoutes(Trunks trunks, TrunkLive live, CallerIds callerIds, Users users) {
        this.trunks = trunks;
        this.live = live;
        this.callerIds = callerIds;
        this.users = users;
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(trunks.resources(), LISTING).shown(TrunkRoutes::shown).list(operations, "listProviders").show(operations, "getProvider")
                .delete(operations, "deleteProvider").export(operations, "exportProviders", "trunks.csv", EXPORTED);
        operations.bind("createProvider", request -> Answer.created(trunks.create(Actor.of(request), request.filledBody())));
        operations.bind("updateProvider", request -> {
            trunks.update(Actor.of(request), request.path("id"), request.body());
            return Answer.done();
        });
        operations.bind("getProviderStatus", request -> Answer.ok(Json.object()
                .put("status", live.status(trunks.resources().get(Resources.COMPANY, request.path("id")).id()).name())));
        operations.bind("listCurrentUserOutboundCallerIds", this::ownCallerIds);
    }

    private Answer ownCallerIds(ApiRequest request) {
        var user = users.byId(request.caller().userId()).orElseThrow(() -> Problem.notFound("user").raise());
        return Answer.ok(Json.items(callerIds.of(user).stream().map(id -> Json.object().put("provider_id", id.providerId())
                .put("caller_id", id.callerId())
                .put("description", id.description().isEmpty() ? null : id.description())).toList()));
    }

    /** Nobody else has this box: its trunks are shared with nobody. */
    private static ObjectNode shown(Resource trunk) {
        return trunk.json().put("shared", false);
    }
}
