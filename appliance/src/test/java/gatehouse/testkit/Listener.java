package gatehouse.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears the box's events, from its making on, until the stream ends. */
public final class Listener implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final InputStream in;
    private final Thread reader;

    public Listener(ApiClient client) throws IOException, InterruptedException {
        var answer = ApiClient.http().send(client.request("/events").GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200 || !answer.headers().firstValue("Content-Type").orElse("").equals("text/event-stream")) {
            throw new AssertionError("No stream of events: " + answer.statusCode() + " " + answer.headers().map());
        }
        in = answer.body();
        reader = Thread.ofVirtual().start(this::read);
        Eventually.eventually(Duration.ofSeconds(5), () -> !lines.isEmpty()); // the first beat: what happens from now on is heard
    }

    private void read() {
        try (var text = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            text.lines().filter(line -> !line.isEmpty()).forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("! " + e.getMessage());
        }
    }

    public boolean heard(String words) {
        return lines.stream().anyMatch(line -> line.startsWith("data:") && line.contains(words));
    }

    public int lines() {
        return lines.size();
    }

    public boolean ended() {
        return !reader.isAlive();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
