package gatehouse.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/** One call of SIPp, by a scenario in the test resources {@code journeys}. */
public final class Sipp implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 30;

    private final Path folder;
    private final Process process;

    /** @param remote the box's port for those that begin; @param port where it listens */
    public Sipp(String scenario, int remote, int port, String user, String secret) {
        try {
            folder = Files.createTempDirectory("gatehouse-sipp");
            try (var in = Sipp.class.getResourceAsStream("/gatehouse/journeys/" + scenario + ".xml")) {
                Files.write(folder.resolve("scenario.xml"), in.readAllBytes());
            }
            process = new ProcessBuilder("sipp", "127.0.0.1:" + remote, "-sf", "scenario.xml", "-i", "127.0.0.1", "-p", Integer.toString(port), "-s", user,
                    "-au", user, "-ap", secret, "-m", "1", "-nostdin", "-timeout", PATIENCE_SECONDS + "s", "-timeout_error").directory(folder.toFile())
                    .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
        } catch (IOException e) {
            throw new AssertionError("SIPp did not start", e);
        }
    }

    /** Fails unless all went as the scenario says. */
    public void expectSuccess() {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("The scenario failed:\n" + Files.readString(folder.resolve("log")));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
