package gatehouse.api;

import gatehouse.core.AddressFilter;
import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.websocket.WsRouting;
import io.helidon.websocket.WsListener;
import io.helidon.websocket.WsSession;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every open WebSocket. Thread-safe. */
final class Sockets implements AutoCloseable {
    static final int LONGEST_MESSAGE = 64 << 10; // a subscription to a thousand extensions by name fits
    private static final int MOST = 64; // each may have 512 messages waiting
    private static final int MOST_OF_AN_ADDRESS = 16;

    private final RateLimit limit;
    private final AddressFilter addresses;
    private final Map<String, Integer> byAddress = new HashMap<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    Sockets(RateLimit limit, AddressFilter addresses) {
        this.limit = limit;
        this.addresses = addresses;
    }

    WsRouting.Builder routing(List<SocketRoutes> routes) {
        var routing = WsRouting.builder();
        routes.forEach(one -> one.paths().forEach(path -> routing.endpoint(path, () -> new Connection(one))));
        return routing;
    }

    private synchronized boolean enter(String address) {
        if (byAddress.getOrDefault(address, 0) >= MOST_OF_AN_ADDRESS || byAddress.values().stream().mapToInt(count -> count).sum() >= MOST) {
            return false;
        }
        byAddress.merge(address, 1, Integer::sum);
        return true;
    }

    private synchronized void leave(String address) {
        byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
    }

    /** What the server calls, on the connection's thread. */
    private final class Connection implements WsListener {
        private final SocketRoutes routes;
        private final StringBuilder text = new StringBuilder();
        private Socket socket;

        Connection(SocketRoutes routes) {
            this.routes = routes;
        }

        @Override
        public void onOpen(WsSession session) {
            if (session.socketContext().remotePeer().address() instanceof InetSocketAddress from && !addresses.admits(from.getAddress())) {
                session.close(Socket.POLICY, "This address is blocked");
                return;
            }
            var address = address(session);
            if (!limit.admits(address) || !enter(address)) {
                session.close(Socket.TRY_LATER, "Too many are connected already");
                return;
            }
            socket = new Socket(session, address);
            open.add(socket);
            socket.start(routes.open(socket));
            var connection = Thread.currentThread();
            Thread.ofVirtual().name("websocket-end").start(() -> {
                try {
                    connection.join(); // a connection that breaks off tells its listener nothing
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                gone();
            });
        }

        @Override
        public void onMessage(WsSession session, String part, boolean last) {
            if (socket == null) {
                return;
            }
            text.append(part);
            if (text.length() > LONGEST_MESSAGE) {
                socket.close(Socket.TOO_LARGE, "The message is too large");
            } else if (last) {
                var whole = text.toString();
                text.setLength(0);
                if (limit.admits(socket.address())) {
                    socket.heard(whole);
                } else {
                    socket.close(Socket.POLICY, "Too many messages from this address");
                }
            }
        }

        @Override
        public void onMessage(WsSession session, BufferData bytes, boolean last) {
            if (socket != null) {
                socket.close(Socket.NOT_ACCEPTED, "This socket takes text");
            }
        }

        @Override
        public void onPing(WsSession session, BufferData payload) {
            if (socket != null) {
                socket.pong(payload);
            }
        }

        @Override
        public void onClose(WsSession session, int status, String reason) {
            gone();
        }

        @Override
        public void onError(WsSession session, Throwable error) {
            gone();
        }

        private void gone() {
            if (socket != null && open.remove(socket)) {
                leave(socket.address());
                socket.gone();
            }
        }
    }

    private static String address(WsSession session) {
        var peer = session.socketContext().remotePeer();
        return peer.address() instanceof InetSocketAddress address ? address.getAddress().getHostAddress() : peer.host();
    }

    int count() {
        return open.size();
    }

    @Override
    public void close() {
        open.forEach(socket -> socket.close(Socket.GOING_AWAY, "The box stops"));
        open.forEach(Socket::await);
    }
}
