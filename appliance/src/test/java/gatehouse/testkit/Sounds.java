package gatehouse.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Real WAV files, made by sox. */
public final class Sounds {
    private Sounds() {
    }

    /** As the box itself records: 8000 Hz, mono, PCM of 16 bits; a tone. */
    public static Path wav(Path folder, double seconds) throws IOException {
        return tone(folder, seconds, 440);
    }

    /** The same of another pitch: another file to the byte. */
    public static Path tone(Path folder, double seconds, int hertz) throws IOException {
        return made(folder, List.of("-b", "16", "-e", "signed-integer"), seconds, hertz);
    }

    /** @param options sox's own, for the output */
    public static Path sox(Path folder, double seconds, String... options) throws IOException {
        return made(folder, List.of(options), seconds, 440);
    }

    private static Path made(Path folder, List<String> options, double seconds, int hertz) throws IOException {
        var file = Files.createTempFile(folder, "tone", ".wav");
        var command = new ArrayList<>(List.of("sox", "-V1", "-D", "-n"));
        if (!options.contains("-r")) {
            command.addAll(List.of("-r", "8000"));
        }
        if (!options.contains("-c")) {
            command.addAll(List.of("-c", "1"));
        }
        command.addAll(options);
        command.addAll(List.of(file.toString(), "synth", Double.toString(seconds), "sine", Integer.toString(hertz), "vol", "0.5"));
        try {
            var sox = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(sox.getInputStream().readAllBytes());
            assertEquals(true, sox.waitFor(20, TimeUnit.SECONDS), "sox hangs");
            assertEquals(0, sox.exitValue(), said);
            return file;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
