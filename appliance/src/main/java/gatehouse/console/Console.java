package gatehouse.console;

import gatehouse.hal.Hardware;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Serves the console on one serial line, and opens the line again when it went away. A platform thread: serial reads are native. */
public final class Console implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Console.class.getName());
    private static final int SPEED = 9600; // every terminal and every cable can do it
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Hardware hardware;
    private final String path;
    private final SignIn signIn;
    private final List<Command> commands;
    private final String banner;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile gatehouse.hal.SerialLine line;

    public Console(Hardware hardware, String path, SignIn signIn, List<Command> commands, String banner) {
        this.hardware = hardware;
        this.path = path;
        this.signIn = signIn;
        this.commands = commands;
        this.banner = banner;
        this.thread = Thread.ofPlatform().name("console").daemon().start(this::serve);
    }

    private void serve() {
        var wait = FIRST_WAIT;
        try {
            do {
                try (var opened = hardware.openSerialLine(path, SPEED)) {
                    line = opened;
                    LOG.log(Level.INFO, "Console on " + path + ", " + SPEED + " 8N1");
                    wait = FIRST_WAIT;
                    new Shell(path, opened.in(), opened.out(), signIn, commands, banner).run();
                } catch (IOException e) {
                    LOG.log(Level.WARNING, "The console's line failed and is tried again in " + wait.toSeconds() + " s: " + e.getMessage());
                    wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
                }
            } while (!closing.await(wait.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            if (line != null) {
                line.close();
            }
            thread.join(2_000);
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The console's line did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
