package gatehouse.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** A real phone: Debian's baresip with a tone for a microphone, recording what it hears. Driven over its control port. */
public final class Baresip implements AutoCloseable {
    public static final Duration BOUND = Duration.ofSeconds(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Process process;
    private final Socket control;
    private final List<JsonNode> events = new ArrayList<>();
    private int seen;

    /**
     * @param account a line of baresip's accounts file
     * @param hertz   what it says into every call
     */
    public Baresip(String account, int hertz) {
        this(account, hertz, "");
    }

    /** @param uuid what it makes its instance id of (RFC 5626); empty for none */
    public Baresip(String account, int hertz, String uuid) {
        try {
            folder = Files.createTempDirectory("gatehouse-baresip");
            var port = FreePorts.range(8); // SIP, SIPS above it, then control
            var rtp = FreePorts.range(12);
            Tone.write(folder.resolve("tone.wav"), hertz, Duration.ofMinutes(1));
            Files.createDirectories(folder.resolve("heard"));
            Files.writeString(folder.resolve("config"), config(port, rtp, hertz).replace("module_tmp account.so", uuid.isEmpty()
                    ? "module_tmp account.so" : "module_tmp uuid.so\nmodule_tmp account.so")); // it registers once it has an account
            Files.writeString(folder.resolve("uuid"), uuid);
            Files.writeString(folder.resolve("accounts"), account + "\n");
            Files.writeString(folder.resolve("contacts"), "");
            process = new ProcessBuilder("baresip", "-4", "-f", folder.toString()).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("log").toFile()).start();
            process.getOutputStream().close();
            control = Eventually.eventually(BOUND, () -> new Socket(InetAddress.getLoopbackAddress(), port + 3), _ -> true);
            Thread.ofVirtual().start(this::listen);
        } catch (IOException e) {
            throw new AssertionError("baresip did not start", e);
        }
    }

    /** An account as people type it. */
    public static String account(String number, String secret, int port, String transport) {
        return "<sip:%s@127.0.0.1:%d;transport=%s>;auth_user=%s;auth_pass=%s;regint=600".formatted(number, port, transport, number, secret);
    }

    /** Without its jitter buffer, which in 1.0 takes most packets of a new talker (SSRC) for late ones. */
    private String config(int port, int rtp, int hertz) {
        return """
                poll_method epoll
                sip_listen 127.0.0.1:%d
                call_local_timeout 120
                call_max_calls 4
                audio_path %s
                audio_player aubridge,player%d
                audio_source aufile,%s/tone.wav
                audio_alert aubridge,alert%d
                ausrc_srate 8000
                auplay_srate 8000
                ausrc_channels 1
                auplay_channels 1
                audio_txmode thread
                rtp_ports %d-%d
                jitter_buffer_delay 0-0
                module_path /usr/lib/baresip/modules
                module g711.so
                module aufile.so
                module aubridge.so
                module sndfile.so
                module_tmp account.so
                module_app menu.so
                module_app ctrl_tcp.so
                snd_path %s/heard
                ctrl_tcp_listen 127.0.0.1:%d
                """.formatted(port, folder, hertz, folder, hertz, rtp, rtp + 11, folder, port + 3);
    }

    // ——— What the person at the phone does ———

    public void dial(String uri) {
        command(Map.of("command", "dial", "params", uri));
    }

    public void answer() {
        command(Map.of("command", "accept"));
    }

    public void hangUp() {
        command(Map.of("command", "hangup"));
    }

    /** Hands its current call on (REFER). */
    public void transfer(String uri) {
        command(Map.of("command", "transfer", "params", uri));
    }

    /** Digits as telephone events (RFC 4733). */
    public void press(String digits) {
        command(Map.of("command", "sndcode", "params", digits));
    }

    private synchronized void command(Map<String, String> command) {
        try {
            var text = JSON.writeValueAsBytes(command);
            control.getOutputStream().write((text.length + ":").getBytes(StandardCharsets.US_ASCII));
            control.getOutputStream().write(text);
            control.getOutputStream().write(',');
        } catch (IOException e) {
            throw new AssertionError("baresip does not listen", e);
        }
    }

    // ——— What the phone shows ———

    /** Waits for the next event of {@code type}, such as CALL_ESTABLISHED; those before it are passed over. */
    public JsonNode await(String type) {
        return Eventually.eventually(BOUND, () -> next(type), event -> event != null);
    }

    /** How many events of {@code type} there have been. */
    public long count(String type) {
        synchronized (events) {
            return events.stream().filter(event -> event.path("type").asText().equals(type)).count();
        }
    }

    private JsonNode next(String type) {
        synchronized (events) {
            for (int i = seen; i < events.size(); i++) {
                if (events.get(i).path("type").asText().equals(type)) {
                    seen = i + 1;
                    return events.get(i);
                }
            }
            return null;
        }
    }

    /** Waits until it says that its registration did, or did not, go well. */
    public void awaitRegistered() {
        Eventually.eventually(BOUND, () -> log().contains("200 OK"));
    }

    public String log() throws IOException {
        return Files.readString(folder.resolve("log"));
    }

    private void listen() {
        try (var in = control.getInputStream()) {
            for (var event = netstring(in); event != null; event = netstring(in)) {
                synchronized (events) {
                    events.add(JSON.readTree(event));
                }
            }
        } catch (IOException closed) {
            // the phone is gone
        }
    }

    /** {@code length:bytes,} */
    private static byte[] netstring(InputStream in) throws IOException {
        var length = 0;
        for (int c = in.read(); c != ':'; c = in.read()) {
            if (c < '0' || c > '9') {
                return null;
            }
            length = 10 * length + c - '0';
        }
        var bytes = in.readNBytes(length);
        return in.read() == ',' ? bytes : null;
    }

    /** What it heard in its last call, once that has ended. */
    public Tone.Heard heard() {
        return Eventually.eventually(BOUND, () -> Tone.in(lastHeard()), heard -> heard.hertz() > 0);
    }

    /** A point of its last recording. */
    public record Mark(Path file, Duration at) { }

    public Mark mark() throws IOException {
        var file = lastHeard();
        return new Mark(file, Tone.length(file));
    }

    /** Waits until it, which has not been held, has heard {@code hertz}, and nothing longer than that, for two seconds since {@code mark}. */
    public void awaitHeard(Mark mark, int hertz) {
        Eventually.eventually(BOUND, () -> Tone.in(lastHeard(), lastHeard().equals(mark.file) ? mark.at : Duration.ZERO, Duration.ofDays(1)),
                heard -> heard.near(hertz) && heard.length().toMillis() >= 2_000);
    }

    private Path lastHeard() throws IOException {
        try (var files = Files.list(folder.resolve("heard"))) {
            return files.filter(file -> file.toString().endsWith("dec.wav")).max(Comparator.naturalOrder())
                    .orElseThrow(() -> new AssertionError("It heard nothing:\n" + quietLog()));
        }
    }

    private String quietLog() {
        try {
            return log();
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        try {
            control.close();
            process.destroy();
            process.onExit().join();
            try (var files = Files.walk(folder)) {
                files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
