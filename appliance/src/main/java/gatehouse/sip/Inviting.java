package gatehouse.sip;

import gatehouse.core.Timers;
import java.text.ParseException;
import java.time.Duration;
import javax.sip.ClientTransaction;
import javax.sip.SipException;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * The INVITE of ours that waits for its final answer, and how it is taken back (RFC 3261 9.1): not before something answered it, or the CANCEL
 * might overtake it and the phone ring for nobody; and not for ever, since a phone may never give its final answer. Guarded by its leg.
 */
final class Inviting {
    private static final Duration PATIENCE = Duration.ofSeconds(32); // 64 T1
    private static final Duration SLOW = Duration.ofSeconds(40); // nobody thinks long about a re-INVITE; timer B has passed before

    private final Stack stack;
    private final InviteLeg leg;
    private final Deadline deadline;
    private ClientTransaction transaction; // null when none waits
    private boolean heard; // a provisional response
    private boolean unwanted;

    Inviting(Stack stack, Timers timers, InviteLeg leg) {
        this.stack = stack;
        this.leg = leg;
        this.deadline = new Deadline(timers, leg);
    }

    void send(Request invite) throws SipException {
        heard = false;
        unwanted = false;
        transaction = stack.provider.getNewClientTransaction(invite);
        transaction.setApplicationData(leg);
        transaction.sendRequest();
    }

    /** Of one within a dialog, for which nothing else sets a limit. @param late runs when it has no final answer in time */
    void limit(Runnable late) {
        deadline.in(SLOW, late);
    }

    boolean isPending() {
        return transaction != null;
    }

    /** Whether that answers it: not an earlier one, nor its CANCEL, which has the same number. */
    boolean isOf(Response response) {
        return transaction != null && Dialog.method(response).equals(Request.INVITE) && Dialog.cseq(response) == Dialog.cseq(transaction.getRequest());
    }

    /** @param late runs when there is no final answer in time either */
    void cancel(Runnable late) throws SipException, ParseException {
        unwanted = true;
        deadline.in(PATIENCE, late);
        if (heard) {
            sendCancel();
        }
    }

    void provisional() throws SipException, ParseException {
        var first = !heard;
        heard = true;
        if (first && unwanted) {
            sendCancel();
        }
    }

    /** It has its final answer, or nobody waits for that any more. */
    void end() {
        transaction = null;
        deadline.clear();
    }

    private void sendCancel() throws SipException, ParseException {
        var cancel = transaction.createCancel();
        Stack.over(leg.dialog.flow, cancel);
        stack.provider.getNewClientTransaction(cancel).sendRequest();
    }
}
