package gatehouse.balance;

import gatehouse.core.Event;

/** What others may hear of balances. */
public sealed interface BalanceEvent extends Event {
    /** A user has more than before. @param by how much more */
    record UserRecharged(String userId, Amount by, Amount balance) implements BalanceEvent { }

    /** The company has more than before. @param by how much more */
    record CompanyRecharged(Amount by, Amount balance) implements BalanceEvent { }
}
