package gatehouse.sip;

import gatehouse.core.Timers;
import java.lang.System.Logger.Level;
import java.text.ParseException;
import java.time.Duration;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Whether a phone still has the call: one that lost its power says no BYE, and its call would be up for ever. It is asked by OPTIONS within the
 * dialog (RFC 3261 11); no answer, or 481, means that the dialog is gone (12.2.1.2), and anything else that it is not. Guarded by its leg.
 */
final class Liveness {
    private static final System.Logger LOG = System.getLogger(Liveness.class.getName());
    private static final Duration INTERVAL = Duration.ofMinutes(5); // what a record may be too long by

    private final Stack stack;
    private final Dialog dialog;
    private final InviteLeg leg;
    private final Deadline deadline;
    private boolean asked;

    Liveness(Stack stack, Dialog dialog, Timers timers, InviteLeg leg) {
        this.stack = stack;
        this.dialog = dialog;
        this.leg = leg;
        this.deadline = new Deadline(timers, leg);
    }

    void watch() {
        deadline.in(INTERVAL, leg::probe);
    }

    void ask() throws SipException, ParseException, InvalidArgumentException {
        asked = true;
        var transaction = stack.provider.getNewClientTransaction(dialog.request(Request.OPTIONS));
        transaction.setApplicationData(leg);
        transaction.sendRequest();
    }

    /** @param gone runs when the phone has the call no more */
    void answered(int status, Runnable gone) {
        if (!asked || status < 200) {
            return;
        }
        asked = false;
        if (isGone(status)) {
            LOG.log(Level.INFO, "Call " + dialog.callId + ": " + dialog.remote + " has it no more");
            gone.run();
        } else {
            watch();
        }
    }

    static boolean isGone(int status) {
        return status == Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST || status == Response.REQUEST_TIMEOUT;
    }

    void end() {
        asked = false;
        deadline.clear();
    }
}
