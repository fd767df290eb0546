package gatehouse.ipfilters;

import gatehouse.api.Answer;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;

/** Rules for addresses over HTTP (contract area administration). */
public final class IpRuleRoutes implements Routes {
    private static final Listing LISTING = Listing.of(IpRules.TABLE, "created_at, id", Field.text("id", "id"), Field.json("cidr", Kind.TEXT).asSearched(),
            Field.json("target", Kind.TEXT), Field.json("description", Kind.TEXT).asSearched(),
            Field.time("expire_at", "unixepoch(json_extract(document, '$.expire_at')) * 1000"), Field.time("created_at", "created_at"));

    private final IpRules rules;

    public IpRuleRoutes(IpRules rules) {
        this.rules = rules;
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(rules.resources(), LISTING).list(operations, "listIpRules").show(operations, "showIpRule")
                .export(operations, "exportIpRules", "ip_rules.csv", "cidr", "target", "expire_at", "description");
        operations.bind("createIpRule", request -> Answer.created(rules.create(Actor.of(request), request.filledBody())));
        operations.bind("updateIpRule", request -> {
            rules.update(Actor.of(request), request.path("id"), request.body());
            return Answer.done();
        });
        operations.bind("deleteIpRule", request -> {
            rules.delete(Actor.of(request), request.path("id"));
            return Answer.noContent();
        });
    }
}
