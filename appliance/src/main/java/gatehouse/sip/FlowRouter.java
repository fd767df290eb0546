package gatehouse.sip;

import gov.nist.javax.sip.message.MessageExt;
import gov.nist.javax.sip.stack.HopImpl;
import java.util.List;
import java.util.ListIterator;
import javax.sip.SipException;
import javax.sip.SipStack;
import javax.sip.address.Hop;
import javax.sip.address.Router;
import javax.sip.message.Request;

/** Sends each request of ours over the {@link Flow} it carries; there is no other way out. Made by the stack, by name. */
public final class FlowRouter implements Router {
    /** The signature the stack asks for. */
    public FlowRouter(SipStack stack, String defaultRoute) {
    }

    @Override
    public Hop getOutboundProxy() {
        return null;
    }

    @Override
    public Hop getNextHop(Request request) throws SipException {
        if (((MessageExt) request).getApplicationData() instanceof Flow flow) {
            return new HopImpl(flow.host(), flow.port(), flow.transport());
        }
        throw new SipException("A request without a flow");
    }

    @Override
    public ListIterator<Hop> getNextHops(Request request) {
        try {
            return List.of(getNextHop(request)).listIterator();
        } catch (SipException e) {
            return List.<Hop>of().listIterator();
        }
    }
}
