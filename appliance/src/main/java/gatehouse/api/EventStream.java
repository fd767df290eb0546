package gatehouse.api;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Server-sent events to one client. Used by its handler's thread alone. */
public interface EventStream {
    /** Sends one event. @throws java.io.UncheckedIOException when the client is gone or its sign-in has ended: end the handler */
    void send(String id, ObjectNode event);

    /** Tells how far the client has come, with no event: from here it goes on when it comes again. */
    void mark(String id);

    /** Sends a comment, so that a dead connection is noticed. */
    void beat();
}
