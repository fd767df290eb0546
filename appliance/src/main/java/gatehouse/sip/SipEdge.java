package gatehouse.sip;

import gatehouse.core.AddressFilter;
import gatehouse.core.Events;
import gatehouse.core.Ids;
import gatehouse.core.Timers;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.text.ParseException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.sip.DialogTerminatedEvent;
import javax.sip.IOExceptionEvent;
import javax.sip.InvalidArgumentException;
import javax.sip.RequestEvent;
import javax.sip.ResponseEvent;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.TimeoutEvent;
import javax.sip.TransactionAlreadyExistsException;
import javax.sip.TransactionState;
import javax.sip.TransactionTerminatedEvent;
import javax.sip.address.SipURI;
import javax.sip.header.MaxForwardsHeader;
import javax.sip.header.RequireHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * The SIP side of the box: UDP and TCP on one port, TLS on another (RFC 3261). Requests are proved by digest, then handed to the
 * {@link Registrar} or the {@link CallTaker}. Thread-safe.
 */
public final class SipEdge implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SipEdge.class.getName());

    /**
     * A call to place.
     *
     * @param contact     the request URI, as the callee registered it
     * @param flow        the way its REGISTER came
     * @param fromNumber  who calls, as the callee's phone will show and call back
     * @param sessionDescription the offer; empty to let the callee offer
     * @param headers     more of them, by name
     */
    public record Outgoing(String contact, Flow flow, String fromNumber, String fromName, String toNumber, String sessionDescription,
                           Map<String, String> headers) {
        public Outgoing(String contact, Flow flow, String fromNumber, String fromName, String toNumber, String sessionDescription) {
            this(contact, flow, fromNumber, fromName, toNumber, sessionDescription, Map.of());
        }
    }

    /**
     * News to a phone that has not asked.
     *
     * @param contact,flow where it registered
     * @param number       the account it has
     * @param event        the Event header, {@code check-sync;reboot=true}
     */
    public record Notice(String contact, Flow flow, String number, String event) { }

    /** What became of a secret that was shown elsewhere than in SIP. */
    public enum Shown { RIGHT, WRONG, LOCKED_OUT }

    private final SipSettings settings;
    private final DigestSecrets secrets;
    private final AddressFilter addresses;
    private final Events events;
    private final Clock clock;
    private final Timers timers;
    private final SecureRandom random;
    private final Ids ids;
    private final Barriers barriers;
    private final LegTable legs = new LegTable();
    private Stack stack;
    private Authentication authentication;
    private Registering registering;
    private Notifying notifying;
    private CallTaker taker;

    /** @param addresses whom to hear at all; @param events where {@link SipEvent}s go */
    public SipEdge(SipSettings settings, DigestSecrets secrets, AddressFilter addresses, Events events, Clock clock, Timers timers, SecureRandom random) {
        this.settings = settings;
        this.secrets = secrets;
        this.addresses = addresses;
        this.events = events;
        this.clock = clock;
        this.timers = timers;
        this.random = random;
        this.ids = new Ids(random);
        barriers = new Barriers(settings.options(), clock, (address, until) -> {
            LOG.log(Level.WARNING, address.getHostAddress() + " sends too many requests and is not heard until " + until);
            events.publish(new ShutOut(address.getHostAddress(), until));
        });
    }

    /** Opens the ports. @throws IllegalStateException when one is taken; the message says which */
    public void start(Registrar registrar, CallTaker callTaker) {
        taker = callTaker;
        try {
            stack = new Stack(settings);
            authentication = new Authentication(stack, new Digest(settings.domain(), clock, random), secrets, events, clock);
            registering = new Registering(stack, registrar);
            notifying = new Notifying(stack, secrets, settings.domain(), ids);
            stack.open(new Incoming()); // last: when power comes back, phones ask before the port is open
        } catch (SipException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** Places a call; what becomes of it the listener hears. */
    public Leg invite(Outgoing call, Leg.Listener listener) {
        try {
            var from = stack.named(call.fromName, stack.addresses.createSipURI(call.fromNumber, settings.domain()));
            var to = stack.addresses.createAddress(stack.addresses.createSipURI(call.toNumber, settings.domain()));
            var dialog = new Dialog(stack, ids.next() + "@" + settings.domain(), call.flow, from, ids.text(13), to, stack.addresses.createURI(call.contact));
            var leg = new InviteLeg(stack, timers, legs, dialog, listener);
            var invite = dialog.request(Request.INVITE);
            invite.setHeader(stack.contact(call.flow));
            stack.allow(invite);
            for (var header : call.headers.entrySet()) {
                invite.addHeader(stack.headers.createHeader(header.getKey(), header.getValue()));
            }
            legs.add(leg);
            leg.invite(invite, call.sessionDescription);
            return leg;
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalStateException("No INVITE can be made for " + call.contact, e);
        }
    }

    /** Whether {@code secret} is that user's, who shows it from {@code host}: wrong ones count like those of a REGISTER. */
    public Shown shown(String username, String secret, String host) {
        return authentication.shown(username, secret, host);
    }

    /** Sends a NOTIFY. @return the final status, within 32 s: 408 when nobody answered, 503 when the way is gone */
    public CompletableFuture<Integer> tell(Notice notice) {
        return notifying.send(notice);
    }

    /** The box's address as the far end of {@code flow} reaches it: for the offer to it. */
    public InetAddress localAddress(Flow flow) {
        return stack.localAddress(flow);
    }

    /** @param transport UDP, TCP or TLS */
    public boolean listensOn(String transport, int port) {
        var point = stack == null || stack.provider == null ? null : stack.provider.getListeningPoint(transport);
        return point != null && point.getPort() == port;
    }

    private boolean isBlocked(Request request) {
        var blocked = settings.options().get().blockedAgents();
        if (blocked.isEmpty()) {
            return false;
        }
        var agent = Registering.agent(request).toLowerCase(Locale.ROOT);
        return blocked.stream().anyMatch(word -> agent.contains(word.toLowerCase(Locale.ROOT)));
    }

    /** Stops listening; legs should have ended before. */
    @Override
    public void close() {
        if (stack != null) {
            stack.close();
        }
    }

    /** What the stack calls, on its threads. Nothing a stranger sends gets past here as an exception. */
    private final class Incoming implements SipListener {
        @Override
        public void processRequest(RequestEvent event) {
            var request = event.getRequest();
            if (!addresses.admits(Stack.remote(request)) || !barriers.admits(Stack.remote(request)) || isBlocked(request)) {
                return; // no answer: a scanner learns nothing
            }
            var transaction = event.getServerTransaction();
            try {
                if (request.getMethod().equals(Request.ACK)) {
                    legs.ofRequest(request).ifPresent(leg -> leg.acknowledged(request));
                    return;
                }
                if (request.getMethod().equals(Request.INVITE) && Dialog.toTag(request) == null && legs.knows(request)) {
                    return; // our 200 is on its way again
                }
                transaction = transaction != null ? transaction : stack.provider.getNewServerTransaction(request);
                take(request, transaction);
            } catch (TransactionAlreadyExistsException retransmission) {
                LOG.log(Level.DEBUG, "A repeated " + request.getMethod());
            } catch (SipException e) {
                LOG.log(Level.INFO, "A " + request.getMethod() + " could not be answered: " + e.getMessage()); // its sender is gone
            } catch (ParseException | InvalidArgumentException | RuntimeException e) {
                LOG.log(Level.WARNING, "A " + request.getMethod() + " could not be handled", e);
                failed(request, transaction);
            }
        }

        /** Our own fault: who asked is told so, unless there is a final answer already. Silence would have them ask for half a minute. */
        private void failed(Request request, ServerTransaction transaction) {
            if (transaction == null || transaction.getState() != null && transaction.getState() != TransactionState.TRYING
                    && transaction.getState() != TransactionState.PROCEEDING) {
                return;
            }
            try {
                transaction.sendResponse(stack.response(Response.SERVER_INTERNAL_ERROR, request));
            } catch (SipException | ParseException | InvalidArgumentException | RuntimeException e) {
                LOG.log(Level.INFO, "Nor could its sender be told: " + e.getMessage());
            }
        }

        private void take(Request request, ServerTransaction transaction) throws SipException, ParseException, InvalidArgumentException {
            if (request.getMethod().equals(Request.CANCEL)) {
                cancel(request, transaction);
            } else if (Dialog.toTag(request) != null) {
                within(request, transaction);
            } else {
                initial(request, transaction);
            }
        }

        private void cancel(Request request, ServerTransaction transaction) throws SipException, ParseException, InvalidArgumentException {
            var leg = legs.ofCancel(request);
            transaction.sendResponse(stack.response(leg.isPresent() ? Response.OK : Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, request));
            leg.ifPresent(InviteLeg::cancelled);
        }

        private void within(Request request, ServerTransaction transaction) throws SipException, ParseException, InvalidArgumentException {
            var leg = legs.ofRequest(request);
            if (leg.isPresent()) {
                leg.get().received(request, transaction);
            } else {
                transaction.sendResponse(stack.response(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, request));
            }
        }

        private void initial(Request request, ServerTransaction transaction) throws SipException, ParseException, InvalidArgumentException {
            switch (request.getMethod()) {
                case Request.OPTIONS -> transaction.sendResponse(withAllow(stack.response(Response.OK, request)));
                case Request.SUBSCRIBE, Request.PUBLISH -> transaction.sendResponse(stack.response(Response.BAD_EVENT, request));
                case Request.REGISTER, Request.INVITE -> {
                    switch (authentication.check(request)) {
                        case Authentication.Outcome.Answer(var response) -> transaction.sendResponse(response);
                        case Authentication.Outcome.Proved(var username) -> proved(request, transaction, username);
                    }
                }
                default -> transaction.sendResponse(withAllow(stack.response(Response.METHOD_NOT_ALLOWED, request)));
            }
        }

        private void proved(Request request, ServerTransaction transaction, String username) throws SipException, ParseException, InvalidArgumentException {
            if (request.getMethod().equals(Request.REGISTER)) {
                transaction.sendResponse(registering.answer(request, username));
                return;
            }
            var unsupported = unsupported(request);
            if (!unsupported.isEmpty()) {
                var refusal = stack.response(Response.BAD_EXTENSION, request);
                for (var extension : unsupported) {
                    refusal.addHeader(stack.headers.createUnsupportedHeader(extension));
                }
                transaction.sendResponse(refusal);
                return;
            }
            var offer = Stack.description(request);
            var named = Optional.ofNullable(request.getHeader(Replaces.NAME)).flatMap(header -> Replaces.parse(header.toString().replaceFirst("^[^:]*:", "")));
            var replaced = named.flatMap(legs::ofDialog);
            var refusal = refusal(request, offer, named, replaced);
            if (refusal != 0) {
                transaction.sendResponse(stack.response(refusal, request));
                return;
            }
            invited(request, transaction, new CallTaker.Invitation(null, username, ((SipURI) request.getRequestURI()).getUser(), offer,
                    replaced.map(Leg.class::cast)));
        }

        /** What it insists on and we do not know (RFC 3261 8.2.2.3). */
        private List<String> unsupported(Request request) {
            var unknown = new ArrayList<String>();
            for (ListIterator<?> required = request.getHeaders(RequireHeader.NAME); required.hasNext();) {
                var extension = ((RequireHeader) required.next()).getOptionTag();
                if (!Stack.SUPPORTED.equalsIgnoreCase(extension)) {
                    unknown.add(extension);
                }
            }
            return unknown;
        }

        /** Why an INVITE cannot be taken; 0 when it can. */
        private int refusal(Request request, String offer, Optional<Replaces> named, Optional<InviteLeg> replaced) {
            if (request.getHeader(MaxForwardsHeader.NAME) instanceof MaxForwardsHeader hops && hops.getMaxForwards() == 0) {
                return Response.TOO_MANY_HOPS;
            }
            if (!(request.getRequestURI() instanceof SipURI uri) || uri.getUser() == null) {
                return Response.UNSUPPORTED_URI_SCHEME;
            }
            if (request.getHeader(Replaces.NAME) != null && named.isEmpty()) {
                return Response.BAD_REQUEST;
            }
            if (named.isPresent() && replaced.isEmpty()) {
                return Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST;
            }
            if (named.isPresent() && named.get().earlyOnly()) {
                return Response.BUSY_HERE; // RFC 3891 3: a phone's ringing is not to be taken here, and an answered call not meant
            }
            return offer.isEmpty() ? Response.NOT_ACCEPTABLE_HERE : 0;
        }

        /** @param found what the invitation will be, once it has a leg */
        private void invited(Request request, ServerTransaction transaction, CallTaker.Invitation found)
                throws SipException, ParseException, InvalidArgumentException {
            var leg = new InviteLeg(stack, timers, legs, Dialog.of(stack, request, stack.flow(request), ids.text(13)), transaction);
            if (!legs.addInvite(request, leg)) {
                return;
            }
            legs.add(leg);
            transaction.sendResponse(stack.response(Response.TRYING, request));
            synchronized (leg) { // nothing is told before there is somebody to hear it
                try {
                    leg.listen(taker.invited(new CallTaker.Invitation(leg, found.from(), found.destination(), found.sessionDescription(), found.replaces())));
                } catch (RuntimeException e) {
                    leg.listen(_ -> { });
                    leg.refuse(Response.SERVER_INTERNAL_ERROR);
                    throw e;
                }
            }
        }

        private Response withAllow(Response response) throws ParseException {
            stack.allow(response);
            return response;
        }

        @Override
        public void processResponse(ResponseEvent event) {
            if (event.getClientTransaction() != null && event.getClientTransaction().getApplicationData() instanceof Notifying.Waiting notice) {
                notice.responded(event.getResponse());
                return;
            }
            legs.ofResponse(event.getResponse()).ifPresent(leg -> leg.responded(event.getResponse()));
        }

        @Override
        public void processTimeout(TimeoutEvent event) {
            if (!event.isServerTransaction() && event.getClientTransaction().getApplicationData() instanceof InviteLeg leg) {
                leg.timedOut(event.getClientTransaction().getRequest());
            } else if (!event.isServerTransaction() && event.getClientTransaction().getApplicationData() instanceof Notifying.Waiting notice) {
                notice.timedOut();
            }
        }

        @Override
        public void processIOException(IOExceptionEvent event) {
            LOG.log(Level.DEBUG, "SIP could not send to " + event.getHost() + ":" + event.getPort() + " over " + event.getTransport());
        }

        @Override
        public void processTransactionTerminated(TransactionTerminatedEvent event) { }

        @Override
        public void processDialogTerminated(DialogTerminatedEvent event) { }
    }
}
