package gatehouse.cdrs;

import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.core.Problem;

/** Call records by another name: each with the session that it was while it lived. */
public final class CallLogRoutes implements Routes {
    private final CdrStore store;
    private final CdrJson json;

    public CallLogRoutes(CdrStore store, String domain) {
        this.store = store;
        this.json = new CdrJson(domain);
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listCallLOgs", request -> {
            var page = store.page(CdrStore.LISTING.query(request));
            return Answer.ok(Json.page(page.count(), page.map(json::summary).items()));
        });
        operations.bind("retrieveCallLog", request -> Answer.ok(json.detail(store.byId(request.path("id"))
                .orElseThrow(() -> Problem.notFound("call record").raise()))));
    }
}
