package gatehouse.outbound;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.outbound.UserGroups.UserGroup;
import gatehouse.resources.Crud;

/** Outbound rules over HTTP (contract area outbound-rule). */
public final class OutboundRoutes implements Routes {
    private static final Listing LISTING = Listing.of(OutboundRules.TABLE, "json_extract(document, '$.priority'), created_at, id",
            Field.text("id", "id"), Field.json("name", Kind.TEXT).asSearched(), Field.json("enabled", Kind.BOOLEAN),
                    Field.json("priority", Kind.NUMBER),
            Field.json("number_prefix", Kind.TEXT).asSearched(), Field.json("number_length", Kind.TEXT), Field.json("number_mask", Kind.TEXT)
                    .asSearched(),
            Field.json("routing_strategy", Kind.TEXT));

    private final OutboundRules rules;

    public OutboundRoutes(OutboundRules rules) {
        this.rules = rules;
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(rules.resources(), LISTING).delete(operations, "deleteOutboundRule").export(operations, "exportOutboundRules", "outbound_rules.csv",
                "name", "enabled", "priority", "number_prefix", "number_length", "number_mask", "office_hours", "holidays", "routing_strategy",
                        "routes");
        operations.bind("createOutboundRule", request -> Answer.created(rules.create(Actor.of(request), request.filledBody())));
        operations.bind("updateOutboundRule", request -> {
            rules.update(Actor.of(request), request.path("id"), request.body());
            return Answer.done();
        });
        operations.bind("retrieveOutboundRule", request -> Answer.ok(rules.show(request.path("id"))));
        operations.bind("listOutboundRules", request -> {
            var page = rules.page(LISTING, LISTING.query(request));
            return Answer.ok(Json.page(page.count(), page.items()));
        });
        operations.bind("listOutboundRuleAppliedGroups", request ->
                Answer.ok(Json.items(rules.appliedGroups(request.path("id")).stream().map(OutboundRoutes::json).toList())));
        operations.bind("checkIfGroupAppliedOutboundRule", request -> Answer.ok(json(rules.appliedGroup(request.path("id"),
                request.path("group_id")))));
        operations.bind("applyGroupToOutboundRule", request -> {
            rules.apply(Actor.of(request), request.path("id"), request.path("group_id"));
            return Answer.done();
        });
        operations.bind("cancelUserGroupAppliedOutboundRule", request -> {
            rules.cancel(Actor.of(request), request.path("id"), request.path("group_id"));
            return Answer.noContent();
        });
    }

    private static ObjectNode json(UserGroup group) {
        return Json.object().put("id", group.id()).put("name", group.name().isEmpty() ? null : group.name())
                .put("description", group.description().isEmpty() ? null : group.description());
    }
}
