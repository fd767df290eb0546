package gatehouse.phones;

import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.tables.TableImport;
import gatehouse.users.Users;
import java.util.Set;
import java.util.function.Supplier;

/** Many phones at once, as CSV: an operation of our own, beside the contract's. */
public final class PhoneTableRoutes implements Routes {
    private final Phones phones;
    private final Users users;
    private final Supplier<String> timeZone;

    /** @param timeZone the company's */
    public PhoneTableRoutes(Phones phones, Users users, Supplier<String> timeZone) {
        this.phones = phones;
        this.users = users;
        this.timeZone = timeZone;
    }

    @Override
    public void addTo(Operations operations) {
        var taking = new TableImport(operations.rowsOf("createUserPhone"), Set.of(PhoneImport.NUMBER), phones::write);
        operations.bind("importPhones", request -> taking.answer(request, new PhoneImport(phones, users, timeZone.get(), Actor.of(request))));
    }
}
