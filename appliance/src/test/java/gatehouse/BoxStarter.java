package gatehouse;

import gatehouse.hal.Hardware;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/** Lets the test kit start what Main starts, from its own package. */
public final class BoxStarter {
    private BoxStarter() {
    }

    public static AutoCloseable start(Config config, Hardware hardware, Clock clock, Duration ringFor) {
        var gatehouse = new Gatehouse(config, hardware, clock, new SecureRandom(), ringFor);
        gatehouse.start();
        return gatehouse;
    }
}
