package gatehouse.security;

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

/** Security over HTTP (contract area security). */
public final class SecurityRoutes implements Routes {
    private static final Listing CODES = Listing.of(DisallowedCodes.TABLE, "json_extract(document, '$.number_prefix') COLLATE NOCASE, id",
            Field.text("id", "id"), Field.json("number_prefix", Kind.TEXT).asSearched(), Field.json("description", Kind.TEXT).asSearched());
    private static final Listing NUMBERS = Listing.of(Blacklist.TABLE, "json_extract(document, '$.number') COLLATE NOCASE, id",
            Field.text("id", "id"), Field.json("number", Kind.TEXT).asSearched(), Field.json("description", Kind.TEXT).asSearched(),
            Field.time("expire_at", "unixepoch(json_extract(document, '$.expire_at')) * 1000"), Field.time("created_at", "created_at"),
            Field.time("updated_at", "updated_at"));

    private final Security security;

    public SecurityRoutes(Security security) {
        this.security = security;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listAllowedCodes", _ -> Answer.ok(Json.object().set("items", security.allowed())));
        operations.bind("updateAllowedCode", this::allow);
        new Crud(security.codes().resources(), CODES)
                .create(operations, "createBlockCode").list(operations, "listBlockCodes").show(operations, "showBlockCode")
                .delete(operations, "deleteBlockCode").export(operations, "exportBlockedCodes", "disallowed_codes.csv", "number_prefix",
                        "description");
        operations.bind("updateBlockCode", request -> {
            security.codes().resources().update(Actor.of(request), Resources.COMPANY, request.path("id"), request.body().without("id"));
            return Answer.done(); // the contract lets the id stand in the body
        });
        var blacklist = security.blacklist();
        new Crud(blacklist.resources(), NUMBERS).shown(SecurityRoutes::shown).list(operations, "listBlacklistedNumbers")
                .show(operations, "showBlacklistedNumber").delete(operations, "deleteBlacklistedNumber")
                .export(operations, "exportBlacklistedNumbers", "blacklisted_numbers.csv", "number", "expire_at", "created_at", "updated_at",
                        "description");
        operations.bind("createBlacklistedNumber", request -> Answer.created(blacklist.create(Actor.of(request), request.filledBody())));
        operations.bind("updateBlacklistedNumber", request -> {
            blacklist.update(Actor.of(request), request.path("id"), request.body());
            return Answer.done();
        });
    }

    private Answer allow(ApiRequest request) {
        if (request.body().has("items")) {
            security.allow(Actor.of(request), request.body().get("items"));
        }
        return Answer.done();
    }

    private static ObjectNode shown(Resource number) {
        return number.json().put("created_at", Json.time(number.createdAt())).put("updated_at", Json.time(number.updatedAt()));
    }
}
