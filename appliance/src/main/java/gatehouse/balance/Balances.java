package gatehouse.balance;

import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.company.Company;
import gatehouse.core.Events;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.List;

/** All balances. Thread-safe. */
public final class Balances {
    private static final String OBJECT = "BILLING";

    private final BalanceStore store;
    private final Users users;
    private final Company company;
    private final Audit audit;
    private final Events events;

    public Balances(BalanceStore store, Users users, Company company, Audit audit, Events events) {
        this.store = store;
        this.users = users;
        this.company = company;
        this.audit = audit;
        this.events = events;
    }

    public Amount ofCompany() {
        return store.read(store::ofCompany);
    }

    /** @throws gatehouse.core.ProblemException NOT_FOUND */
    public Amount of(String userId) {
        return store.read(tx -> store.ofUser(tx, user(userId).id()));
    }

    private User user(String id) {
        return users.byId(id).orElseThrow(() -> Problem.notFound("user").raise());
    }

    /** Adds to what the company has; less than nothing takes from it, as a correction does, but never more than there is. */
    void recharge(Actor actor, Amount by) {
        store.write(tx -> {
            var before = store.ofCompany(tx);
            var after = before.plus(by);
            if (after.compareTo(Amount.NOTHING) < 0) {
                throw Problem.of(Code.CONFLICT, "The company has " + before + " left; there is no more to take.").raise();
            }
            store.setCompany(tx, after);
            audit.record(tx, actor, Action.RECHARGE, OBJECT, company.settings().name(), before.toString(), after.toString());
            if (after.compareTo(before) > 0) {
                tx.afterCommit(() -> events.publish(new BalanceEvent.CompanyRecharged(by, after)));
            }
            return null;
        });
    }

    /** What a user has is this from now on. */
    void set(Actor actor, String userId, Amount amount) {
        if (amount.compareTo(Amount.NOTHING) < 0) {
            throw Problem.invalid("balance", "minimum", "balance must be 0 or more.").raise();
        }
        var user = user(userId);
        store.write(tx -> {
            if (users.byIds(tx, List.of(userId)).isEmpty()) {
                throw Problem.notFound("user").raise();
            }
            var before = store.ofUser(tx, userId);
            store.setUser(tx, userId, amount);
            audit.record(tx, actor, Action.RECHARGE, OBJECT, user.name(), before.toString(), amount.toString());
            if (amount.compareTo(before) > 0) {
                tx.afterCommit(() -> events.publish(new BalanceEvent.UserRecharged(userId, amount.minus(before), amount)));
            }
            return null;
        });
    }
}
