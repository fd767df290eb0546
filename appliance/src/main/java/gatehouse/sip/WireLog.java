package gatehouse.sip;

import gov.nist.core.ServerLogger;
import gov.nist.javax.sip.message.SIPMessage;
import java.lang.System.Logger.Level;
import java.util.Properties;
import javax.sip.SipStack;

/** The first line of each message, when tracing; never a header, where secrets' traces are. Made by the stack, by name. */
public final class WireLog implements ServerLogger {
    private static final System.Logger LOG = System.getLogger("gatehouse.sip.wire");

    private static void log(SIPMessage message, String from, String to) {
        if (LOG.isLoggable(Level.TRACE)) {
            LOG.log(Level.TRACE, from + " → " + to + ": " + message.getFirstLine().strip());
        }
    }

    @Override
    public void closeLogFile() { }

    @Override
    public void logMessage(SIPMessage message, String from, String to, boolean sender, long time) {
        log(message, from, to);
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender, long time) {
        log(message, from, to);
    }

    @Override
    public void logMessage(SIPMessage message, String from, String to, String status, boolean sender) {
        log(message, from, to);
    }

    @Override
    public void logException(Exception failure) {
        LOG.log(Level.TRACE, "The SIP wire log met an exception", failure);
    }

    @Override
    public void setStackProperties(Properties properties) { }

    @Override
    public void setSipStack(SipStack stack) { }
}
