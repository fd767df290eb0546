package gatehouse.mail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A connection to a mail server that cannot be talked to death: Angus Mail reads whatever comes until a line ends. Any thread may close it. */
final class Line extends Socket {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int MOST_BYTES = 1_000_000; // certificates and replies to one message are a few thousand

    Line(int silenceMillis) throws IOException {
        setSoTimeout(silenceMillis);
    }

    /** Keeps the name as it was set, so that a certificate is checked against that and not against what an address is said to be called. */
    void connect(MailServer server) throws IOException {
        var address = InetAddress.getByAddress(server.host(), InetAddress.getByName(server.host()).getAddress());
        connect(new InetSocketAddress(address, server.port()), CONNECT_MILLIS);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new FilterInputStream(super.getInputStream()) {
            private int left = MOST_BYTES;

            @Override
            public int read() throws IOException {
                count(1);
                return super.read();
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                var read = super.read(into, from, length);
                count(read);
                return read;
            }

            private void count(int read) throws IOException {
                left -= read;
                if (left < 0) {
                    throw new IOException("it says too much");
                }
            }
        };
    }

    @Override
    public void close() {
        try {
            super.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
