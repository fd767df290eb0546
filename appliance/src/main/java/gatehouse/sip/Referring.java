package gatehouse.sip;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Optional;
import javax.sip.InvalidArgumentException;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.address.SipURI;
import javax.sip.address.TelURL;
import javax.sip.address.URI;
import javax.sip.header.ReferToHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * A phone hands its call on (RFC 3515), to somebody it talks to already when there is a Replaces in it (RFC 3891, RFC 5589). Guarded by its leg.
 * <pre>
 *   phone                              box
 *     | REFER                           |
 *     |-------------------------------->|  the leg's owner decides
 *     |            202, or why not      |
 *     |<--------------------------------|
 *     |  NOTIFY 100 Trying, active      |  neither of these for Refer-Sub: false (RFC 4488)
 *     |<--------------------------------|
 *     |  NOTIFY 200 OK, terminated      |  or why it failed
 *     |<--------------------------------|
 * </pre>
 */
final class Referring {
    private static final int TRYING = 100;

    /** What is to be done. @param instead the leg with them that is given up for it */
    record Wish(String target, Optional<Leg> instead) { }

    private final Stack stack;
    private final Dialog dialog;
    private final LegTable table;
    private ServerTransaction waiting;
    private boolean subscribed;
    private long sequence = -1; // of the REFER; names the subscription from the second on (2.4.6)
    private boolean first = true;

    Referring(Stack stack, Dialog dialog, LegTable table) {
        this.stack = stack;
        this.dialog = dialog;
        this.table = table;
    }

    /** A REFER. @param talking whether there is a call to hand on; @return what it wants, or empty when it is refused already */
    Optional<Wish> received(Request refer, ServerTransaction transaction, boolean talking)
            throws SipException, ParseException, InvalidArgumentException {
        if (!talking || waiting != null || subscribed) {
            return refused(transaction, Response.REQUEST_PENDING);
        }
        if (!(refer.getHeader(ReferToHeader.NAME) instanceof ReferToHeader to)) {
            return refused(transaction, Response.BAD_REQUEST);
        }
        var uri = to.getAddress().getURI();
        var target = number(uri);
        if (target.isEmpty()) {
            return refused(transaction, Response.UNSUPPORTED_URI_SCHEME);
        }
        var text = uri instanceof SipURI sip ? Optional.ofNullable(sip.getHeader("Replaces")) : Optional.<String>empty();
        var replaces = text.flatMap(one -> Replaces.parse(decoded(one)));
        if (text.isPresent() && replaces.isEmpty()) {
            return refused(transaction, Response.BAD_REQUEST);
        }
        var instead = replaces.flatMap(table::ofDialog);
        if (replaces.isPresent() && instead.isEmpty()) {
            return refused(transaction, Response.NOT_FOUND); // a call to replace must be one of ours: a phone knows no other
        }
        waiting = transaction;
        first = sequence < 0;
        sequence = Dialog.cseq(refer);
        return Optional.of(new Wish(target, instead.map(Leg.class::cast)));
    }

    private Optional<Wish> refused(ServerTransaction transaction, int status) throws SipException, ParseException, InvalidArgumentException {
        transaction.sendResponse(stack.response(status, transaction.getRequest()));
        return Optional.empty();
    }

    private static String number(URI uri) {
        return switch (uri) {
            case SipURI sip when sip.getUser() != null -> sip.getUser();
            case TelURL tel -> tel.getPhoneNumber();
            default -> "";
        };
    }

    /** A header within a URI is escaped (RFC 3261 19.1.1), and a plus is a plus. */
    private static String decoded(String escaped) {
        try {
            return URLDecoder.decode(escaped.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    /** What the owner says of it: 202 and later 200, or a refusal at either time; nothing when nothing waits. */
    void tell(int status) throws SipException, ParseException, InvalidArgumentException {
        if (waiting != null) {
            answer(status);
        } else if (subscribed) {
            subscribed = false;
            notice("SIP/2.0 " + status + " " + (status < 300 ? "OK" : "Failed"), "terminated;reason=noresource");
        }
    }

    private void answer(int status) throws SipException, ParseException, InvalidArgumentException {
        var request = waiting.getRequest();
        var answer = stack.response(status, request);
        var silent = request.getHeader("Refer-Sub") != null && request.getHeader("Refer-Sub").toString().toLowerCase(java.util.Locale.ROOT).contains("false");
        if (status == Response.ACCEPTED) {
            answer.setHeader(stack.contact(dialog.flow));
            if (silent) {
                answer.setHeader(stack.headers.createHeader("Refer-Sub", "false"));
            }
        }
        waiting.sendResponse(answer);
        waiting = null;
        subscribed = status == Response.ACCEPTED && !silent;
        if (subscribed) {
            notice("SIP/2.0 " + TRYING + " Trying", "active;expires=60");
        }
    }

    private void notice(String fragment, String state) throws SipException, ParseException, InvalidArgumentException {
        var notify = dialog.request(Request.NOTIFY);
        notify.setHeader(stack.contact(dialog.flow));
        notify.setHeader(stack.headers.createHeader("Event", first ? "refer" : "refer;id=" + sequence));
        notify.setHeader(stack.headers.createHeader("Subscription-State", state));
        var type = stack.headers.createContentTypeHeader("message", "sipfrag");
        type.setParameter("version", "2.0");
        notify.setContent((fragment + "\r\n").getBytes(StandardCharsets.US_ASCII), type);
        stack.provider.getNewClientTransaction(notify).sendRequest();
    }
}
