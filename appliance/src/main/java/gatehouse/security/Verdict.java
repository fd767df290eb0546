package gatehouse.security;

/** Whether somebody may call a number outside. */
public sealed interface Verdict {
    /** A call for help: nothing may stand in its way. */
    record Emergency() implements Verdict { }

    record Allowed() implements Verdict { }

    /** The caller's role lacks it. @param permission as in the contract's tree: {@code policies.international_calls} */
    record NeedsPermission(String permission) implements Verdict { }

    /** @param country its name; the digits where nobody has such a code */
    record CountryNotAllowed(String country) implements Verdict { }

    /** @param code as it was set */
    record CodeDisallowed(String code) implements Verdict { }

    /** No telephone network takes it. */
    record NotANumber() implements Verdict { }

    default boolean allows() {
        return this instanceof Emergency || this instanceof Allowed;
    }
}
