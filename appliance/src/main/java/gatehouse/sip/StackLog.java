package gatehouse.sip;

import gov.nist.core.StackLogger;
import java.lang.System.Logger.Level;
import java.util.Properties;

/**
 * The stack's log on ours. It is chatty and takes strangers' mistakes for errors, so all it says is debugging.
 * Made by the stack, by name.
 */
public final class StackLog implements StackLogger {
    private static final System.Logger LOG = System.getLogger("gatehouse.sip.stack");

    private static void log(String message, Throwable failure) {
        LOG.log(Level.DEBUG, message, failure);
    }

    @Override
    public void logStackTrace() { }

    @Override
    public void logStackTrace(int traceLevel) { }

    @Override
    public int getLineCount() {
        return 0;
    }

    @Override
    public void logException(Throwable failure) {
        log("The SIP stack met an exception", failure);
    }

    @Override
    public void logDebug(String message) { }

    @Override
    public void logDebug(String message, Exception failure) { }

    @Override
    public void logTrace(String message) { }

    @Override
    public void logFatalError(String message) {
        LOG.log(Level.ERROR, message);
    }

    @Override
    public void logError(String message) {
        log(message, null);
    }

    @Override
    public void logError(String message, Exception failure) {
        log(message, failure);
    }

    @Override
    public void logWarning(String message) {
        log(message, null);
    }

    @Override
    public void logInfo(String message) { }

    /** False spares the stack from building texts that nobody reads. */
    @Override
    public boolean isLoggingEnabled() {
        return false;
    }

    @Override
    public boolean isLoggingEnabled(int logLevel) {
        return false;
    }

    @Override
    public void disableLogging() { }

    @Override
    public void enableLogging() { }

    @Override
    public void setBuildTimeStamp(String buildTimeStamp) { }

    @Override
    public void setStackProperties(Properties properties) { }

    @Override
    public String getLoggerName() {
        return "gatehouse.sip.stack";
    }
}
