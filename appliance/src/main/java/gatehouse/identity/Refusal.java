package gatehouse.identity;

/** Why a phone was not given its own files, and what to do about it. */
public enum Refusal {
    UNKNOWN("this MAC is nobody's", "Give a user this phone: Users, Give a phone, and type the MAC as it stands here."),
    CLOSED("this way gives nobody's own files", "Type the phone's provisioning address into its own page, or allow this way in the discovery settings."),
    NO_WINDOW("no adoption window is open for it", "Open the phone's adoption window, then restart the phone."),
    UNNAMED("its User-Agent does not name its MAC", "Open the phone's adoption window, then restart the phone."),
    OTHER_ADDRESS("it came from another address than before", "If the phone moved or was reset, open its adoption window and restart it. If not, somebody "
            + "else uses its MAC or its folder: look at that address, and renew the folder."),
    OTHER_MAC("it calls itself by another MAC than the file's", "Somebody asks for a file that is not theirs: look at that address."),
    OTHER_MAKER("its MAC or its User-Agent is another maker's", "Check the MAC and the model that this phone was given here. If they are right, somebody "
            + "else uses its MAC: look at that address."),
    OTHER_AGENT("it no longer says who made it, as it did before", "If the phone was changed for another, open its adoption window and restart it. If not, "
            + "somebody else knows its folder: look at that address, and renew the folder."),
    TOO_LITTLE("it showed less than this box asks for", "Type the phone's provisioning address into its own page, or make a PIN for it and type that at the "
            + "phone; or ask for less in the identity settings."),
    PIN_WRONG("the PIN that was typed at it is wrong", "Type the one that the page shows; after five wrong ones make another."),
    PIN_LOCKED("too many wrong PINs were typed at its address", "Wait a quarter of an hour, or open the phone's adoption window."),
    CERTIFICATE_EXPIRED("its certificate is not valid at this time", "Check the box's date and time. If they are right, the phone's certificate is too old: let it "
            + "show something else, such as its folder."),
    CERTIFICATE_UNTRUSTED("its certificate is signed by nobody that this box trusts", "Get its maker's root certificate, compare the fingerprint with what the maker "
            + "publishes, and add it: Vendor roots, POST /provisioning/vendor_roots."),
    CERTIFICATE_OTHER_MAKER("its certificate is another maker's", "Check the model that this phone was given here, and that each vendor root is under its maker's name."),
    CERTIFICATE_OTHER_MAC("its certificate is of another MAC", "Another phone asks for these files: look at that address. If it is the right phone, correct its MAC here."),
    CERTIFICATE_NAMELESS("its certificate names no MAC", "It is not one of a single phone's: this model can show no more than its folder or a PIN."),
    NO_FILE("there is no such file for its model", "Check that the phone's model and template are right; phones also ask for files that are not needed."),
    USER_OFF("its user is disabled or has no extension", "Enable the user, or give the phone to another.");

    private final String why;
    private final String cure;

    Refusal(String why, String cure) {
        this.why = why;
        this.cure = cure;
    }

    public String why() {
        return why;
    }

    public String cure() {
        return cure;
    }

    /** As it stands on the ladder: the cure is found by its first word. */
    public String words() {
        return name() + ": " + why;
    }
}
