package gatehouse.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A client of the topics over a real WebSocket. */
public final class TopicSocket implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(5);

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final WebSocket socket;

    public TopicSocket(Box box) {
        this(box, "/api/ws");
    }

    public TopicSocket(Box box, String path) {
        socket = ApiClient.http().newWebSocketBuilder().connectTimeout(SOON)
                .buildAsync(URI.create(box.httpsOrigin().replace("https:", "wss:") + path), new Ears()).join();
    }

    private final class Ears implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                try {
                    messages.add(JSON.readTree(text.toString()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                text.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
            closed.complete(status);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            closed.completeExceptionally(error);
        }
    }

    public TopicSocket say(String message) {
        socket.sendText(message, true).join();
        return this;
    }

    /** Says it and waits for the answer. */
    public JsonNode ask(String message) {
        var before = messages.stream().filter(one -> one.has("command")).count();
        say(message);
        return Eventually.eventually(SOON, () -> messages.stream().filter(one -> one.has("command")).skip(before).findFirst(), Optional::isPresent).orElseThrow();
    }

    public TopicSocket signedIn(String name, String password) {
        var answer = ask("{\"command\":\"auth\",\"username\":\"" + name + "\",\"password\":\"" + password + "\",\"domain\":\"box.test\"}");
        if (answer.path("status").asInt(-1) != 0) {
            throw new AssertionError("Not let in: " + answer);
        }
        return this;
    }

    /** The first push of this type that fits, once it has come. */
    public JsonNode push(String type, Predicate<JsonNode> fits) {
        return Eventually.eventually(SOON, () -> messages.stream().filter(one -> one.path("event_type").asText().equals(type)).filter(fits).findFirst(),
                Optional::isPresent).orElseThrow();
    }

    public List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /** The status it was closed with, once it was. */
    public int closed() {
        return Eventually.eventually(Duration.ofSeconds(15), () -> closed.getNow(-1), status -> status != -1);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
