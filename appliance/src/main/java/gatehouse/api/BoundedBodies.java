package gatehouse.api;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;

/**
 * Bounds what the server itself leaves open in bodies. It takes each chunk of a chunked body (RFC 9112 7.1) whole into memory before anybody
 * sees a byte of it, so that one stranger's chunk as large as the heap would end the process. And what is left of a body that was answered
 * unread it takes in at whatever pace it comes. A connection is handled by one thread, which is how its bounds are found.
 */
final class BoundedBodies implements ServerConnectionSelector {
    private static final int LARGEST = 256 << 10; // no smaller than the largest body of JSON, which some clients send as one chunk
    private static final int LARGEST_OF_UPLOAD = 1 << 20; // 32 uploads at once may hold 32 MiB
    private static final Duration WAIT = Duration.ofSeconds(5);
    private static final ThreadLocal<Reader> CURRENT = new ThreadLocal<>();

    private final ServerConnectionSelector http;

    BoundedBodies(ServerConnectionSelector http) {
        this.http = http;
    }

    /** The request at hand may have larger chunks: it is a signed-in user's upload. */
    static void allowLarge() {
        if (CURRENT.get() != null) {
            CURRENT.get().largest = LARGEST_OF_UPLOAD;
        }
    }

    /** Once a request begins. */
    static void reset() {
        if (CURRENT.get() != null) {
            CURRENT.get().largest = LARGEST;
        }
    }

    /**
     * Once a request is answered: takes in what is left of its body, so that the client hears the answer, if it comes within a few seconds.
     *
     * @return whether nothing is left, and the connection can serve another request
     */
    static boolean isDone(ServerRequest request) {
        var reader = CURRENT.get();
        if (reader == null || !request.content().hasEntity() || request.content().consumed()) {
            return true;
        }
        reader.hurryUntil = System.nanoTime() + WAIT.toNanos();
        try {
            request.content().consume();
            return true;
        } catch (RuntimeException brokenOrSlow) {
            return false;
        } finally {
            reader.hurryUntil = 0;
        }
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        var reader = new Reader(context.dataReader());
        CURRENT.set(reader);
        return http.connection(new Bounded(context, reader));
    }

    /** Takes what comes from the server's own reader. */
    private static final class Reader extends DataReader {
        private int largest = LARGEST;
        private long hurryUntil; // of System.nanoTime; 0 for no hurry

        Reader(DataReader all) {
            super(() -> next(all));
        }

        @Override
        public void pullData() {
            if (hurryUntil != 0 && System.nanoTime() - hurryUntil > 0) {
                throw new CloseConnectionException("What is left of the body comes too slowly");
            }
            super.pullData();
        }

        private static byte[] next(DataReader all) {
            var some = all.readBuffer();
            var bytes = new byte[some.available()];
            some.read(bytes);
            return bytes;
        }

        /** Called with more than is there already for chunks alone. */
        @Override
        public BufferData readBuffer(int length) {
            if (length > largest) {
                throw RequestException.builder().type(EventType.BAD_REQUEST).status(Status.REQUEST_ENTITY_TOO_LARGE_413).setKeepAlive(false)
                        .message("A chunk may have " + largest + " bytes").build();
            }
            return super.readBuffer(length);
        }
    }

    private record Bounded(ConnectionContext all, DataReader dataReader) implements ConnectionContext {
        @Override
        public ListenerContext listenerContext() {
            return all.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return all.executor();
        }

        @Override
        public DataWriter dataWriter() {
            return all.dataWriter();
        }

        @Override
        public Router router() {
            return all.router();
        }

        @Override
        public Optional<ProxyProtocolData> proxyProtocolData() {
            return all.proxyProtocolData();
        }

        @Override
        public HelidonSocket serverSocket() {
            return all.serverSocket();
        }

        @Override
        public PeerInfo remotePeer() {
            return all.remotePeer();
        }

        @Override
        public PeerInfo localPeer() {
            return all.localPeer();
        }

        @Override
        public boolean isSecure() {
            return all.isSecure();
        }

        @Override
        public String socketId() {
            return all.socketId();
        }

        @Override
        public String childSocketId() {
            return all.childSocketId();
        }
    }
}
