package gatehouse.sip;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.ListIterator;
import javax.sip.InvalidArgumentException;
import javax.sip.address.Address;
import javax.sip.address.URI;
import javax.sip.header.CSeqHeader;
import javax.sip.header.ContactHeader;
import javax.sip.header.FromHeader;
import javax.sip.header.RecordRouteHeader;
import javax.sip.header.RouteHeader;
import javax.sip.header.ToHeader;
import javax.sip.message.Message;
import javax.sip.message.Request;
import javax.sip.message.Response;

/** A dialog's state (RFC 3261 12): tags, targets, route set and sequence numbers. Guarded by its leg. */
final class Dialog {
    private final Stack stack;
    final String callId;
    final Flow flow;
    final Address local;
    final String localTag;
    final Address remote;
    private volatile String remoteTag; // read by who looks for a dialog without its leg's lock
    private URI target;
    private List<RouteHeader> routes = List.of();
    private long localCseq;
    private long remoteCseq;

    Dialog(Stack stack, String callId, Flow flow, Address local, String localTag, Address remote, URI target) {
        this.stack = stack;
        this.callId = callId;
        this.flow = flow;
        this.local = local;
        this.localTag = localTag;
        this.remote = remote;
        this.target = target;
    }

    /** The dialog that an INVITE from outside begins (12.1.1). */
    static Dialog of(Stack stack, Request invite, Flow flow, String localTag) throws ParseException {
        var to = (ToHeader) invite.getHeader(ToHeader.NAME);
        var from = (FromHeader) invite.getHeader(FromHeader.NAME);
        var contact = (ContactHeader) invite.getHeader(ContactHeader.NAME);
        var dialog = new Dialog(stack, callId(invite), flow, to.getAddress(), localTag, from.getAddress(),
                contact == null ? from.getAddress().getURI() : contact.getAddress().getURI());
        dialog.remoteTag = from.getTag();
        dialog.remoteCseq = cseq(invite);
        dialog.routes = dialog.recorded(invite, false);
        return dialog;
    }

    /** Takes from a response to our INVITE what makes the dialog whole (12.1.2). */
    void confirm(Response response) throws ParseException {
        remoteTag = ((ToHeader) response.getHeader(ToHeader.NAME)).getTag();
        routes = recorded(response, true);
        refreshTarget(response);
    }

    void refreshTarget(Message message) {
        if (message.getHeader(ContactHeader.NAME) instanceof ContactHeader contact && contact.getAddress() != null) {
            target = contact.getAddress().getURI();
        }
    }

    private List<RouteHeader> recorded(Message message, boolean reversed) throws ParseException {
        var found = new ArrayList<RouteHeader>();
        for (ListIterator<?> records = message.getHeaders(RecordRouteHeader.NAME); records.hasNext();) {
            found.add(stack.headers.createRouteHeader(((RecordRouteHeader) records.next()).getAddress()));
        }
        return reversed ? found.reversed() : found;
    }

    boolean isWith(String tag) {
        return tag.equals(remoteTag);
    }

    /** Whether {@code request} is newer than all before it (12.2.2). */
    boolean advances(Request request) {
        var sequence = cseq(request);
        if (sequence <= remoteCseq) {
            return false;
        }
        remoteCseq = sequence;
        return true;
    }

    /** A request of ours within the dialog (12.2.1.1). */
    Request request(String method) throws ParseException, InvalidArgumentException {
        return request(method, ++localCseq);
    }

    /** An ACK carries the number of the INVITE it acknowledges. */
    Request ack(Response answered) throws ParseException, InvalidArgumentException {
        return request(Request.ACK, ((CSeqHeader) answered.getHeader(CSeqHeader.NAME)).getSeqNumber());
    }

    private Request request(String method, long sequence) throws ParseException, InvalidArgumentException {
        var request = stack.messages.createRequest((URI) target.clone(), method, stack.headers.createCallIdHeader(callId),
                stack.headers.createCSeqHeader(sequence, method), stack.headers.createFromHeader(local, localTag),
                stack.headers.createToHeader(remote, remoteTag), stack.via(flow), stack.headers.createMaxForwardsHeader(70));
        routes.forEach(request::addHeader);
        request.setHeader(stack.headers.createUserAgentHeader(stack.agent()));
        Stack.over(flow, request);
        return request;
    }

    /** An answer of ours to a request that began it or is within it. */
    Response response(Request request, int status) throws ParseException {
        var response = stack.response(status, request);
        ((ToHeader) response.getHeader(ToHeader.NAME)).setTag(localTag);
        return response;
    }

    Response response(Request request, int status, String words) throws ParseException {
        var response = response(request, status);
        if (!words.isEmpty()) {
            response.setReasonPhrase(words);
        }
        return response;
    }

    static String callId(Message message) {
        return ((javax.sip.header.CallIdHeader) message.getHeader(javax.sip.header.CallIdHeader.NAME)).getCallId();
    }

    static long cseq(Message message) {
        return ((CSeqHeader) message.getHeader(CSeqHeader.NAME)).getSeqNumber();
    }

    static String method(Message message) {
        return ((CSeqHeader) message.getHeader(CSeqHeader.NAME)).getMethod();
    }

    static String fromTag(Message message) {
        return ((FromHeader) message.getHeader(FromHeader.NAME)).getTag();
    }

    static String toTag(Message message) {
        return ((ToHeader) message.getHeader(ToHeader.NAME)).getTag();
    }
}
