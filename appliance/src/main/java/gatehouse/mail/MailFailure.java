package gatehouse.mail;

/** Why a message was not taken, in words for an administrator. */
public final class MailFailure extends Exception {
    private final boolean forGood;

    /** @param forGood trying again changes nothing: the server does not want this message or its reader */
    public MailFailure(String message, boolean forGood) {
        super(message);
        this.forGood = forGood;
    }

    MailFailure(String message, Throwable cause) {
        super(message, cause);
        this.forGood = false;
    }

    public boolean forGood() {
        return forGood;
    }
}
