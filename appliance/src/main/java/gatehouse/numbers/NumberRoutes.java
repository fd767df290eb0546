package gatehouse.numbers;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.core.Problem;

/** Whose a number is, over HTTP (contract area extension). */
public final class NumberRoutes implements Routes {
    private final ExtensionNumbers numbers;

    public NumberRoutes(ExtensionNumbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("getExtensionNumber", this::show);
    }

    private Answer show(ApiRequest request) {
        var owner = numbers.owner(request.path("extension_number")).filter(found -> found.kind().compareTo(NumberKind.VIRTUAL_RECEPTIONIST) <= 0)
                .orElseThrow(() -> Problem.notFound("extension number").raise());
        return Answer.ok(Json.object().put("id", owner.id()).put("extension_number", owner.number()).put("name", owner.label())
                .put("type", owner.kind().name()));
    }
}
