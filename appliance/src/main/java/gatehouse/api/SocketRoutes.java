package gatehouse.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A WebSocket (RFC 6455) that carries JSON objects, on the HTTPS port. A page of another origin may open one like any program: what it may
 * hear is settled by what is said over it, never by a cookie.
 */
public interface SocketRoutes {
    /** Where it is found, whole, each with a slash at its start. */
    List<String> paths();

    /** A client has come. */
    Talk open(Peer peer);

    /** The client's end. Thread-safe. */
    interface Peer {
        /** The client's address, for lock-outs. */
        String address();

        /** Puts it behind what is still to be sent; a client that lets too much pile up is cut off. */
        void send(ObjectNode message);

        /** Sends what is still to be sent, then closes. */
        void end(String why);
    }

    /** Our end. {@code heard} and {@code closed} come one after the other. */
    interface Talk {
        /** May block. */
        void heard(ObjectNode message);

        /** Asked every few seconds: whether the client is known still. Otherwise it is told to go. */
        boolean mayStay();

        void closed();
    }
}
