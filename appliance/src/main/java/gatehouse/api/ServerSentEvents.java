package gatehouse.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;

/** {@link EventStream} in the form of the HTML standard's "Server-sent events". Each event leaves at once; none after the sign-in has ended. */
final class ServerSentEvents implements EventStream, AutoCloseable {
    private final ServerResponse response;
    private final BooleanSupplier signedIn;
    private OutputStream out;

    /** @param signedIn whether the sign-in that opened the stream still holds */
    ServerSentEvents(ServerResponse response, BooleanSupplier signedIn) {
        this.response = response;
        this.signedIn = signedIn;
    }

    /** With the first word: until then the handler may still refuse. */
    private OutputStream out() {
        if (out == null) {
            response.header(HeaderNames.CONTENT_TYPE, "text/event-stream");
            response.header(HeaderNames.CACHE_CONTROL, "no-store");
            out = response.outputStream();
        }
        return out;
    }

    @Override
    public void send(String id, ObjectNode event) {
        write("id:" + id + "\ndata:" + new String(Json.bytes(event), StandardCharsets.UTF_8) + "\n\n");
    }

    @Override
    public void mark(String id) {
        write("id:" + id + "\n\n");
    }

    @Override
    public void beat() {
        write(":still here\n\n");
    }

    private void write(String text) {
        if (!signedIn.getAsBoolean()) {
            throw new UncheckedIOException(new IOException("The sign-in has ended"));
        }
        try {
            out().write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (out == null) {
            return;
        }
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
