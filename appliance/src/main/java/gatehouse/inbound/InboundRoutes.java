package gatehouse.inbound;

import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;

/** Inbound rules over HTTP (contract area inbound-rule). */
public final class InboundRoutes implements Routes {
    private static final Listing LISTING = Listing.of(InboundRules.TABLE, "json_extract(document, '$.name') COLLATE NOCASE, id",
            Field.text("id", "id"), Field.json("name", Kind.TEXT).asSearched(), Field.json("enabled", Kind.BOOLEAN),
            Field.json("cid_number_mask", Kind.TEXT).asSearched(), Field.json("did_numbers", Kind.TEXT).asSearched(),
                    Field.json("provider_id", Kind.TEXT),
            Field.json("enable_advanced_routing", Kind.BOOLEAN), Field.json("play_recording_disclaimer", Kind.BOOLEAN));

    private final InboundRules rules;

    public InboundRoutes(InboundRules rules) {
        this.rules = rules;
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(rules.resources(), LISTING).delete(operations, "deleteInboundRule").export(operations, "exportInboundRules", "inbound_rules.csv",
                "name", "enabled", "cid_number_mask", "did_numbers", "provider_id", "office_hours", "holidays", "office_hours_forward_rule",
                "non_office_hours_forward_rule", "holiday_forward_rule", "enable_advanced_routing", "advanced_routing", "play_recording_disclaimer");
        operations.bind("createInboundRule", request -> Answer.created(rules.create(Actor.of(request), request.filledBody())));
        operations.bind("updateInboundRule", request -> {
            rules.update(Actor.of(request), request.path("id"), request.body());
            return Answer.done();
        });
        operations.bind("retrieveInboundRule", request -> Answer.ok(rules.show(request.path("id"))));
        operations.bind("listInboundRules", request -> {
            var page = rules.page(LISTING, LISTING.query(request));
            return Answer.ok(Json.page(page.count(), page.items()));
        });
    }
}
