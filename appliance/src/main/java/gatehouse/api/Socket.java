package gatehouse.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.common.buffers.BufferData;
import io.helidon.websocket.WsSession;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One open WebSocket. Everything that is sent goes through one thread, because the server's session is not made for two. A client that does not
 * take what is sent loses its connection, not the box its memory.
 */
final class Socket implements SocketRoutes.Peer {
    // RFC 6455 7.4.1
    static final int GOING_AWAY = 1001;
    static final int NOT_ACCEPTED = 1003;
    static final int POLICY = 1008;
    static final int TOO_LARGE = 1009;
    static final int FAILED = 1011;
    static final int TRY_LATER = 1013;

    private static final System.Logger LOG = System.getLogger(Socket.class.getName());
    private static final int WAITING = 512; // messages; a client that is this far behind has gone to sleep
    private static final Duration BEAT = Duration.ofSeconds(10); // well within the 30 s after which a silent connection is dead
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private sealed interface Parcel { }

    private record Text(String text) implements Parcel { }

    private record Pong(BufferData payload) implements Parcel { }

    private record Close(int code, String why) implements Parcel { }

    private final WsSession session;
    private final String address;
    private final ArrayBlockingQueue<Parcel> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread writer = Thread.ofVirtual().name("websocket-writer").unstarted(this::write);
    private SocketRoutes.Talk talk;

    Socket(WsSession session, String address) {
        this.session = session;
        this.address = address;
    }

    void start(SocketRoutes.Talk ours) {
        talk = ours;
        writer.start();
    }

    @Override
    public String address() {
        return address;
    }

    void heard(String text) {
        try {
            if (Json.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode message) {
                talk.heard(message);
            } else {
                close(POLICY, "A message is a JSON object");
            }
        } catch (IOException notJson) {
            close(POLICY, "A message is a JSON object");
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A WebSocket message could not be handled", e);
            close(FAILED, "The box failed to do this");
        }
    }

    @Override
    public void send(ObjectNode message) {
        put(new Text(new String(Json.bytes(message), StandardCharsets.UTF_8)));
    }

    void pong(BufferData payload) {
        put(new Pong(payload));
    }

    @Override
    public void end(String why) {
        close(POLICY, why);
    }

    void close(int code, String why) {
        put(new Close(code, why));
    }

    /** Never blocks: whoever tells news tells it to others too. A writer that is stuck in a dead connection is torn from it. */
    private void put(Parcel parcel) {
        if (!waiting.offer(parcel)) {
            writer.interrupt();
        }
    }

    private void write() {
        try {
            while (true) {
                var next = waiting.poll(BEAT.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null) {
                    next = talk.mayStay() ? null : new Close(POLICY, "Sign in first, or anew");
                }
                switch (next) {
                    case null -> session.ping(BufferData.create(new byte[] {1}));
                    case Text(var text) -> session.send(text, true);
                    case Pong(var payload) -> session.pong(payload);
                    case Close(var code, var why) -> {
                        session.close(code, why);
                        return;
                    }
                }
            }
        } catch (InterruptedException goneOrTooSlow) {
            cutOff();
        } catch (RuntimeException gone) {
            LOG.log(Level.DEBUG, "A WebSocket client at " + address + " is gone", gone);
        }
    }

    /** What writes to a socket while it is interrupted closes it, even when the far end takes nothing more. */
    private void cutOff() {
        Thread.currentThread().interrupt();
        try {
            session.close(POLICY, "Too slow");
        } catch (RuntimeException gone) {
            LOG.log(Level.DEBUG, "A WebSocket client at " + address + " is gone or too slow", gone);
        }
    }

    /** The connection has ended. */
    void gone() {
        writer.interrupt();
        talk.closed();
    }

    void await() {
        try {
            writer.join(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
