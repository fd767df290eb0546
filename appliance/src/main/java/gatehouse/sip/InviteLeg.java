package gatehouse.sip;

import gatehouse.core.Timers;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.text.ParseException;
import java.util.Optional;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * {@link Leg} over the stack's transactions. One lock a leg; listeners are told under it, so that their events keep the wire's order:
 * they hand over and return.
 */
final class InviteLeg implements Leg {
    private static final System.Logger LOG = System.getLogger(InviteLeg.class.getName());

    private enum State { INVITED, INVITING, CANCELLING, TALKING, ENDED }

    /** What a step does with the stack; any failure ends the leg. */
    @FunctionalInterface
    private interface Step {
        void run() throws SipException, ParseException, InvalidArgumentException;
    }

    private final Stack stack;
    private final LegTable table;
    final Dialog dialog;
    private State state;
    private Listener listener;
    private ServerTransaction waiting;
    private final Acknowledgement acknowledgement;
    private final Referring referring;
    private final Inviting inviting;
    private final Liveness liveness;
    private final LateAnswer late = new LateAnswer();
    private String lastSent = "";

    private InviteLeg(Stack stack, Timers timers, LegTable table, Dialog dialog, State state) {
        this.stack = stack;
        this.table = table;
        this.dialog = dialog;
        this.state = state;
        this.acknowledgement = new Acknowledgement(timers, this);
        this.referring = new Referring(stack, dialog, table);
        this.inviting = new Inviting(stack, timers, this);
        this.liveness = new Liveness(stack, dialog, timers, this);
    }

    /** A caller's leg: an INVITE waits for our answer. */
    InviteLeg(Stack stack, Timers timers, LegTable table, Dialog dialog, ServerTransaction invite) {
        this(stack, timers, table, dialog, State.INVITED);
        this.waiting = invite;
    }

    /** A callee's leg: nothing is sent yet. */
    InviteLeg(Stack stack, Timers timers, LegTable table, Dialog dialog, Listener listener) {
        this(stack, timers, table, dialog, State.INVITING);
        this.listener = listener;
    }

    @Override
    public synchronized void listen(Listener owner) {
        listener = owner;
    }

    @Override
    public String callId() {
        return dialog.callId;
    }

    @Override
    public InetAddress localAddress() {
        return stack.localAddress(dialog.flow);
    }

    /** Runs a step unless the leg has ended; a failure on the wire ends it and says so. */
    private void step(String what, Step step) {
        try {
            step.run();
        } catch (SipException | ParseException | InvalidArgumentException e) {
            LOG.log(Level.INFO, "Call " + callId() + ": " + what + " failed: " + e.getMessage());
            var wasInviting = state == State.INVITING;
            finish();
            listener.on(wasInviting ? new Event.Refused(this, Response.SERVICE_UNAVAILABLE) : new Event.Ended(this));
        }
    }

    // ——— What the owner asks for ———

    synchronized void invite(Request request, String sessionDescription) {
        step("INVITE", () -> {
            if (sessionDescription.isEmpty()) {
                late.expect();
            } else {
                body(request, sessionDescription);
            }
            inviting.send(request);
        });
    }

    @Override
    public synchronized void ringing(Optional<String> sessionDescription) {
        if (state == State.INVITED && waiting != null) {
            step("ringing", () -> {
                var ringing = dialog.response(waiting.getRequest(), sessionDescription.isPresent() ? Response.SESSION_PROGRESS : Response.RINGING);
                ringing.setHeader(stack.contact(dialog.flow));
                if (sessionDescription.isPresent()) {
                    body(ringing, sessionDescription.get());
                }
                waiting.sendResponse(ringing);
            });
        }
    }

    @Override
    public synchronized void answer(String sessionDescription) {
        if (waiting == null || state == State.ENDED) {
            return;
        }
        step("answer", () -> {
            var isInvite = waiting.getRequest().getMethod().equals(Request.INVITE);
            var ok = dialog.response(waiting.getRequest(), Response.OK);
            ok.setHeader(stack.contact(dialog.flow));
            stack.allow(ok);
            if (!sessionDescription.isEmpty()) {
                body(ok, sessionDescription);
            }
            waiting.sendResponse(ok);
            waiting = null;
            talking();
            if (isInvite) {
                acknowledgement.await(Dialog.cseq(ok), () -> step("200 again", () -> stack.provider.sendResponse((Response) ok.clone())), this::unheard);
            }
        });
    }

    @Override
    public synchronized void refuse(int status, String words) {
        if (waiting == null || state == State.ENDED) {
            return;
        }
        step("refusal", () -> {
            var refusal = dialog.response(waiting.getRequest(), status, words);
            if (status == Response.SERVICE_UNAVAILABLE) {
                refusal.setHeader(stack.headers.createHeader("Retry-After", "5"));
            }
            waiting.sendResponse(refusal);
            waiting = null;
            if (state == State.INVITED) {
                finish();
            }
        });
    }

    @Override
    public synchronized void reinvite(String sessionDescription) {
        if (state == State.TALKING && (inviting.isPending() || waiting != null)) {
            listener.on(new Event.Refused(this, Response.REQUEST_PENDING)); // one at a time, in either direction (14.1)
        } else if (state == State.TALKING) {
            step("re-INVITE", () -> {
                var request = dialog.request(Request.INVITE);
                request.setHeader(stack.contact(dialog.flow));
                body(request, sessionDescription);
                inviting.send(request);
                inviting.limit(this::overdue);
            });
        }
    }

    @Override
    public synchronized void acknowledge(String sessionDescription) {
        if (state == State.TALKING) {
            late.give(sessionDescription).ifPresent(ok -> step("ACK", () -> acknowledge(ok)));
        }
    }

    private void acknowledge(Response response) throws SipException, ParseException, InvalidArgumentException {
        var ack = dialog.ack(response);
        if (late.of(response).isPresent()) {
            body(ack, late.of(response).get());
        }
        stack.provider.sendRequest(ack);
    }

    @Override
    public synchronized void referred(int status) {
        if (state == State.TALKING) {
            step("answer to a REFER", () -> referring.tell(status));
        }
    }

    @Override
    public synchronized void end() {
        switch (state) {
            case INVITED -> refuse(Response.TEMPORARILY_UNAVAILABLE);
            case INVITING -> cancel();
            case TALKING -> step("BYE", () -> {
                late.give("").ifPresent(ok -> step("ACK", () -> acknowledge(ok)));
                refuseWaiting();
                var bye = dialog.request(Request.BYE);
                finish();
                stack.provider.getNewClientTransaction(bye).sendRequest();
            });
            case CANCELLING, ENDED -> { }
        }
    }

    private void cancel() {
        state = State.CANCELLING;
        step("CANCEL", () -> inviting.cancel(() -> refused(Response.REQUEST_TERMINATED)));
    }

    // ——— What the other end sends ———

    /** An INVITE, BYE, INFO, … within the dialog. */
    synchronized void received(Request request, ServerTransaction transaction) throws SipException, ParseException, InvalidArgumentException {
        if (state == State.ENDED || !dialog.advances(request)) {
            transaction.sendResponse(stack.response(state == State.ENDED ? Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST : Response.SERVER_INTERNAL_ERROR, request));
            return;
        }
        switch (request.getMethod()) {
            case Request.BYE -> {
                try {
                    transaction.sendResponse(stack.response(Response.OK, request));
                    refuseWaiting();
                } finally { // over TCP the way may be gone already
                    ended();
                }
            }
            case Request.INVITE, Request.UPDATE -> reoffered(request, transaction);
            case Request.INFO -> {
                transaction.sendResponse(stack.response(Response.OK, request));
                SipInfo.digit(request).ifPresent(digit -> listener.on(new Event.Digit(this, digit)));
            }
            case Request.REFER -> referring.received(request, transaction, state == State.TALKING)
                    .ifPresent(wish -> listener.on(new Event.Referred(this, wish.target(), wish.instead())));
            default -> { // OPTIONS asks whether the call is still up
                var answer = stack.response(request.getMethod().equals(Request.OPTIONS) ? Response.OK : Response.METHOD_NOT_ALLOWED, request);
                stack.allow(answer);
                transaction.sendResponse(answer);
            }
        }
    }

    private void reoffered(Request request, ServerTransaction transaction) throws SipException, ParseException, InvalidArgumentException {
        if (waiting != null || inviting.isPending()) {
            transaction.sendResponse(stack.response(Response.REQUEST_PENDING, request)); // glare, RFC 3261 14.2
            return;
        }
        dialog.refreshTarget(request);
        waiting = transaction;
        var offer = Stack.description(request);
        if (offer.isEmpty()) { // a session refresh: what held still holds, and an UPDATE without an offer has no answer (RFC 3311 5.2)
            answer(request.getMethod().equals(Request.UPDATE) ? "" : lastSent);
        } else {
            listener.on(new Event.Reoffered(this, offer));
        }
    }

    synchronized void cancelled() {
        if (state == State.INVITED && waiting != null) {
            step("487", () -> waiting.sendResponse(dialog.response(waiting.getRequest(), Response.REQUEST_TERMINATED)));
            finish();
            listener.on(new Event.Cancelled(this));
        }
    }

    synchronized void acknowledged(Request ack) {
        acknowledgement.came(Dialog.cseq(ack));
    }

    synchronized void responded(Response response) {
        var status = response.getStatusCode();
        var isAwaited = inviting.isOf(response);
        step("response", () -> {
            if (Dialog.method(response).equals(Request.OPTIONS)) {
                liveness.answered(status, this::ended);
            } else if (Dialog.method(response).equals(Request.INVITE) && status >= 200 && status < 300) {
                accepted(response, isAwaited);
            } else if (isAwaited && status < 200) {
                provisional(response, status);
            } else if (isAwaited) {
                refused(status);
            }
        });
    }

    private void provisional(Response response, int status) throws SipException, ParseException {
        inviting.provisional();
        if (state == State.INVITING && status > 100) {
            var early = Stack.description(response);
            listener.on(new Event.Ringing(this, early.isEmpty() ? Optional.empty() : Optional.of(early)));
        }
    }

    /** @param first whether it answers what we asked last; it may be an earlier 200 again, whose ACK was lost */
    private void accepted(Response response, boolean first) throws ParseException, InvalidArgumentException, SipException {
        if (state == State.INVITING || state == State.CANCELLING) {
            dialog.confirm(response);
        } else if (first) {
            dialog.refreshTarget(response);
        }
        if (state == State.CANCELLING || !late.waits(response)) {
            acknowledge(response); // each retransmission is acknowledged anew (13.2.2.4)
        }
        if (!first) {
            return;
        }
        inviting.end();
        if (state == State.CANCELLING) { // the CANCEL crossed the answer
            state = State.TALKING;
            end();
        } else if (state != State.ENDED) {
            talking();
            listener.on(new Event.Answered(this, Stack.description(response)));
        }
    }

    private void refused(int status) {
        inviting.end();
        if (state == State.INVITING || state == State.CANCELLING) {
            finish();
            listener.on(new Event.Refused(this, status));
        } else if (state == State.TALKING) {
            if (Liveness.isGone(status)) {
                ended();
            } else {
                listener.on(new Event.Refused(this, status));
            }
        }
    }

    /** Nobody answered a request of ours in time. */
    synchronized void timedOut(Request request) {
        if (request.getMethod().equals(Request.INVITE) && inviting.isPending()) {
            refused(Response.REQUEST_TIMEOUT);
        } else if (request.getMethod().equals(Request.OPTIONS)) {
            liveness.answered(Response.REQUEST_TIMEOUT, this::ended);
        }
    }

    synchronized void probe() {
        step("OPTIONS", liveness::ask);
    }

    // ——— Means ———

    private void talking() {
        if (state != State.TALKING) {
            state = State.TALKING;
            liveness.watch();
        }
    }

    /** Our re-INVITE was heard, and nothing came of it. */
    private void overdue() {
        step("CANCEL of a re-INVITE", () -> inviting.cancel(() -> { }));
        refused(Response.REQUEST_TERMINATED);
    }

    /** Nobody acknowledged our 200: the call is lost. */
    private void unheard() {
        end();
        listener.on(new Event.Ended(this));
    }

    private void ended() {
        finish();
        listener.on(new Event.Ended(this));
    }

    private void refuseWaiting() throws SipException, ParseException, InvalidArgumentException {
        if (waiting != null) {
            waiting.sendResponse(dialog.response(waiting.getRequest(), Response.REQUEST_TERMINATED));
            waiting = null;
        }
        referring.tell(Response.REQUEST_TERMINATED);
    }

    private void finish() {
        state = State.ENDED;
        acknowledgement.forget();
        inviting.end();
        liveness.end();
        table.forget(this);
    }

    private void body(Message message, String sessionDescription) throws ParseException {
        lastSent = sessionDescription;
        stack.describe(message, sessionDescription);
    }
}
