package gatehouse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class LogsTest {
    @Test
    void a_stranger_cannot_forge_a_line() {
        var event = new LogRecord(Level.INFO, "call from \"x\"\ntime=now level=error msg=\"owned\"\u001b[2J");
        event.setLoggerName("gatehouse.calls");
        var line = new Logs.LogFmt().format(event);
        assertEquals(1, line.lines().count(), line);
        assertTrue(line.contains("msg=\"call from \\\"x\\\"\\ntime=now"), line);
        assertTrue(line.indexOf('\u001b') < 0, line);
    }

    @Test
    void an_exception_stays_on_its_line() {
        var event = new LogRecord(Level.SEVERE, "it broke");
        event.setLoggerName("gatehouse.store");
        event.setThrown(new IllegalStateException("why"));
        var line = new Logs.LogFmt().format(event);
        assertEquals(1, line.lines().count(), line);
        assertTrue(line.contains("level=error") && line.contains("IllegalStateException: why"), line);
    }
}
