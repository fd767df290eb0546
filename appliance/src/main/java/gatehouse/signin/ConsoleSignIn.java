package gatehouse.signin;

import gatehouse.console.SignIn;
import gatehouse.signin.SignIns.Verified;
import gatehouse.users.User;

/** Lets people in at the serial console, which is for administrators: its commands show everything. Thread-safe. */
public final class ConsoleSignIn implements SignIn {
    private static final String PERMISSION = "phone_system.full_access";

    private final SignIns signIns;

    public ConsoleSignIn(SignIns signIns) {
        this.signIns = signIns;
    }

    @Override
    public Outcome signIn(String name, String password, String line) {
        return switch (signIns.verify(name, password, line, "CONSOLE")) {
            case Verified.Ok(var user) -> known(user);
            case Verified.Refused() -> new Outcome.Refused("This name and password do not fit.");
            case Verified.LockedOut(var until) -> new Outcome.Refused("Too many wrong tries. Try again after " + until + ".");
        };
    }

    private Outcome known(User user) {
        var caller = signIns.caller(user);
        if (!caller.may(PERMISSION)) {
            return new Outcome.Refused("Your role may not use the console.");
        }
        return caller.owesPassword() ? new Outcome.Refused("Choose a password of your own first, on the page.") : new Outcome.Ok(user.name());
    }
}
