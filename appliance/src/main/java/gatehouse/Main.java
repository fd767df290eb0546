package gatehouse;

import gatehouse.core.ProblemException;
import gatehouse.hal.Boards;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Arguments → {@link Config} → {@link Gatehouse}; then waits for SIGTERM. */
public final class Main {
    private static final System.Logger LOG = System.getLogger("gatehouse.Main");

    private Main() {
    }

    /** Exit codes: 0 stopped as asked, 1 could not start, 2 wrong settings. */
    public static void main(String[] arguments) throws InterruptedException {
        if (List.of(arguments).contains("--help")) {
            System.out.print("Usage: gatehouse run [flags]\n\n" + Setting.help());
            return;
        }
        if (List.of(arguments).contains("--version")) {
            System.out.println(Version.text());
            return;
        }
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws InterruptedException {
        Config config;
        try {
            config = ConfigReader.read(arguments, System.getenv());
        } catch (ProblemException wrong) {
            wrong.problems().forEach(problem -> System.err.println("gatehouse: " + problem.message()));
            return 2;
        }
        Logs.open(config.logLevel(), System.out);
        var stop = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(() -> {
            stop.countDown();
            await(stopped); // the JVM ends when its hooks do: let the calls end first
        }));
        try (var gatehouse = new Gatehouse(config, Boards.open(config.board()), Clock.systemUTC(), new SecureRandom())) {
            System.out.print(gatehouse.start());
            System.out.flush();
            stop.await();
            LOG.log(System.Logger.Level.INFO, "Stopping");
        } catch (ProblemException | StartFailure e) {
            System.err.println("gatehouse: " + e.getMessage());
            return 1;
        } finally {
            stopped.countDown();
        }
        return 0;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
