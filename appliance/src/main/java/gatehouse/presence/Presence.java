package gatehouse.presence;

import gatehouse.calls.Calls;
import gatehouse.registrations.Registrations;
import gatehouse.users.User;

/** A user's status now. Thread-safe. */
public final class Presence {
    /** The contract's words. */
    public enum Status { ONLINE, ON_CALL, OFFLINE }

    private final Registrations registrations;
    private final Calls calls;

    public Presence(Registrations registrations, Calls calls) {
        this.registrations = registrations;
        this.calls = calls;
    }

    public Status of(User user) {
        return user.extensionNumber().map(this::of).orElse(Status.OFFLINE);
    }

    private Status of(String number) {
        return calls.onCall(number) ? Status.ON_CALL : registrations.online(number) ? Status.ONLINE : Status.OFFLINE;
    }
}
