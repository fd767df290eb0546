package gatehouse.cdrs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.core.Problem;
import gatehouse.listing.Page;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.List;
import java.util.Optional;

/** Call records over HTTP: the company's, and one's own. */
public final class CdrRoutes implements Routes {
    private final CdrStore store;
    private final Users users;
    private final CdrJson json;

    public CdrRoutes(CdrStore store, Users users, String domain) {
        this.store = store;
        this.users = users;
        this.json = new CdrJson(domain);
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listCDRs", request -> Answer.ok(page(store.page(CdrStore.LISTING.query(request)))));
        operations.bind("retrieveCDR", request -> Answer.ok(legs(store.byId(request.path("id")))));
        operations.bind("listUserCDRs", this::own);
        // One's own call has one leg, one's own, and the contract shows it bare.
        operations.bind("retrieveUserCDR", request -> Answer.ok(Json.object().set("items",
                json.detail(found(store.byId(request.path("id")).filter(cdr -> isOf(cdr, number(request))))))));
    }

    private Answer own(ApiRequest request) {
        var query = CdrStore.OWN.query(request);
        return Answer.ok(page(number(request).map(number -> store.pageOf(number, query)).orElseGet(() -> new Page<>(0, List.of()))));
    }

    private Optional<String> number(ApiRequest request) {
        return users.byId(request.caller().userId()).flatMap(User::extensionNumber);
    }

    private static boolean isOf(Cdr cdr, Optional<String> number) {
        return number.filter(own -> own.equals(cdr.call().caller()) || own.equals(cdr.call().callee())).isPresent();
    }

    private ObjectNode page(Page<Cdr> page) {
        return Json.page(page.count(), page.map(json::summary).items());
    }

    /** The company's view lists the legs of the call: one, or more when it was handed on. */
    private ObjectNode legs(Optional<Cdr> cdr) {
        return Json.items(store.legs(found(cdr)).stream().map(json::detail).toList());
    }

    private static Cdr found(Optional<Cdr> cdr) {
        return cdr.orElseThrow(() -> Problem.notFound("call record").raise());
    }
}
