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
        this(client, "");
    }

    /** @param lastId the last id that an earlier one saw; empty for none */
    public Listener(ApiClient client, String lastId) throws IOException, InterruptedException {
        var request = client.request("/events").GET();
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        var answer = ApiClient.http().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
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

    /** The events so far. */
    public List<String> events() {
        return lines.stream().filter(line -> line.startsWith("data:")).map(line -> line.substring("data:".length())).toList();
    }

    /** What came whole: without an id whose event is still on its way. */
    public record Complete(List<String> events, String lastId) { }

    public Complete complete() {
        var whole = List.copyOf(lines);
        var ids = whole.stream().filter(line -> line.startsWith("id:")).toList();
        var cut = whole.getLast().startsWith("id:") && ids.size() > 1;
        var events = whole.stream().filter(line -> line.startsWith("data:")).map(line -> line.substring("data:".length())).toList();
        return new Complete(events, ids.get(ids.size() - (cut ? 2 : 1)).substring("id:".length()));
    }

    /** The last id that came. */
    public String lastId() {
        return lines.stream().filter(line -> line.startsWith("id:")).reduce((_, last) -> last).orElseThrow().substring("id:".length());
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
