package gatehouse.redirection;

/** Why a redirect service was not told, and what to do about it. */
public enum Trouble {
    /** Somebody else has the phone there. */
    TAKEN("somebody else has this phone there", "Have it released: by whoever had it before, by who sold it, or by the maker's support. Then tell the "
            + "service again. Until then type the phone's provisioning address into its own page.", false),
    SERIAL("the service asks for the right serial number too", "Give the phone the serial number (serial_number) from its label.", false),
    REJECTED("the service said no", "Read what it said, and look into your account there; then tell it again.", false),
    CREDENTIALS("the service does not accept the credentials", "Check the credentials of this maker's redirect service, and whether the account may "
            + "use its API.", true),
    BUSY("the service asks to wait", "Nothing: the box tries again by itself.", true),
    UNREACHABLE("the service cannot be reached", "Check the box's way to the Internet and its name server; the box tries again by itself.", true);

    private final String why;
    private final String cure;
    private final boolean ofService;

    Trouble(String why, String cure, boolean ofService) {
        this.why = why;
        this.cure = cure;
        this.ofService = ofService;
    }

    public String why() {
        return why;
    }

    public String cure() {
        return cure;
    }

    /** Whether it stops every phone of the maker; the box then tries again by itself, later. */
    boolean ofService() {
        return ofService;
    }
}
