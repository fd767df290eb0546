package gatehouse.hal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import jssc.SerialPort;
import jssc.SerialPortException;

/**
 * A serial line by jSSC. Reading asks the driver 50 times a second how much there is: a blocking native read cannot be ended
 * when the line is closed (seen on jSSC 2.10.2), and nobody types faster than that.
 */
final class JsscSerialLine implements SerialLine {
    private static final System.Logger LOG = System.getLogger(JsscSerialLine.class.getName());
    private static final long LOOK_NANOS = Duration.ofMillis(20).toNanos();
    private final SerialPort port;
    private final InputStream in = new In();
    private final OutputStream out = new Out();
    private volatile boolean open = true;

    private JsscSerialLine(SerialPort port) {
        this.port = port;
    }

    static JsscSerialLine open(String path, int speed) throws IOException {
        var port = new SerialPort(path);
        try {
            port.openPort();
            if (!port.setParams(speed, SerialPort.DATABITS_8, SerialPort.STOPBITS_1, SerialPort.PARITY_NONE, true, true)) {
                LOG.log(Level.DEBUG, path + " has no modem lines; fine for a pty or a USB gadget");
            }
            return new JsscSerialLine(port);
        } catch (SerialPortException e) {
            throw new IOException("The serial line " + path + " cannot be opened: " + e.getExceptionType()
                    + ". Is it there, not in use by a getty, and is the user in the group dialout?", e);
        }
    }

    @Override
    public String path() {
        return port.getPortName();
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public synchronized void close() throws IOException {
        if (open) {
            open = false;
            try {
                port.closePort();
            } catch (SerialPortException e) {
                throw new IOException("The serial line " + path() + " did not close: " + e.getExceptionType(), e);
            }
        }
    }

    /** What waits in the driver; -1 when the line was closed or the device went away. */
    private synchronized int waiting() {
        try {
            return open ? port.getInputBufferBytesCount() : -1;
        } catch (SerialPortException gone) {
            return -1;
        }
    }

    private synchronized byte[] take(int count) throws IOException {
        try {
            return port.readBytes(count);
        } catch (SerialPortException e) {
            throw new IOException("The serial line " + path() + " cannot be read: " + e.getExceptionType(), e);
        }
    }

    private final class In extends InputStream {
        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            for (var waiting = waiting(); waiting >= 0; waiting = waiting()) {
                if (waiting > 0) {
                    var bytes = take(Math.min(waiting, length));
                    System.arraycopy(bytes, 0, into, offset, bytes.length);
                    return bytes.length;
                }
                LockSupport.parkNanos(LOOK_NANOS);
                if (Thread.interrupted()) {
                    return -1;
                }
            }
            return -1;
        }
    }

    private final class Out extends OutputStream {
        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                port.writeBytes(Arrays.copyOfRange(bytes, offset, offset + length));
            } catch (SerialPortException e) {
                throw new IOException("The serial line " + path() + " cannot be written: " + e.getExceptionType(), e);
            }
        }
    }
}
