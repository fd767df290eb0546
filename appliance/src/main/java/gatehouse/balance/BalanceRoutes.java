package gatehouse.balance;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;

/** Balances over HTTP (contract areas tenant and user). */
public final class BalanceRoutes implements Routes {
    private final Balances balances;

    public BalanceRoutes(Balances balances) {
        this.balances = balances;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("getTenantBalance", _ -> json(balances.ofCompany()));
        operations.bind("getCurrentUserBalance", request -> json(balances.of(request.caller().userId())));
        operations.bind("getUserBalance", request -> json(balances.of(request.path("id"))));
        operations.bind("rechargeTenant", request -> {
            balances.recharge(Actor.of(request), given(request));
            return Answer.done();
        });
        operations.bind("updateUserBalance", request -> {
            if (request.body().has("balance")) {
                balances.set(Actor.of(request), request.path("id"), given(request));
            } else {
                balances.of(request.path("id")); // there it must be, even when nothing changes
            }
            return Answer.done();
        });
    }

    /** Null clears, which leaves nothing. */
    private static Amount given(ApiRequest request) {
        var balance = request.body().path("balance");
        return balance.isNumber() ? Amount.of(balance) : Amount.NOTHING;
    }

    private static Answer json(Amount amount) {
        return Answer.ok(Json.object().put("balance", amount.decimal()));
    }
}
