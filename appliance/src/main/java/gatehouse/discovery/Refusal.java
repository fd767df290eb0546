package gatehouse.discovery;

/** Why a phone was not sent to its own files, and what to do about it. */
enum Refusal {
    UNKNOWN("this MAC is nobody's", "Give a user this phone: Users, Give a phone, and type the MAC as it stands here."),
    CLOSED("this way gives nobody's own files", "Type the phone's provisioning address into its own page, or allow this way in the discovery settings."),
    NO_WINDOW("no adoption window is open for it", "Open the phone's adoption window, then restart the phone."),
    UNNAMED("its User-Agent does not name its MAC", "Open the phone's adoption window, then restart the phone."),
    OTHER_ADDRESS("it came from another address than before", "If the phone moved or was reset, open its adoption window and restart it. If not, somebody "
            + "else uses its MAC: look at that address."),
    OTHER_MAC("it calls itself by another MAC than the file's", "Somebody asks for a file that is not theirs: look at that address."),
    NO_FILE("there is no such file for its model", "Check that the phone's model and template are right; phones also ask for files that are not needed."),
    USER_OFF("its user is disabled or has no extension", "Enable the user, or give the phone to another.");

    private final String why;
    private final String cure;

    Refusal(String why, String cure) {
        this.why = why;
        this.cure = cure;
    }

    String why() {
        return why;
    }

    String cure() {
        return cure;
    }
}
