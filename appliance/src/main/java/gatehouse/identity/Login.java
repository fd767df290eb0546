package gatehouse.identity;

/** What somebody typed when the phone asked for a name and a password. The password is never logged. */
public record Login(String name, String password) {
    @Override
    public String toString() {
        return "Login of " + name;
    }
}
