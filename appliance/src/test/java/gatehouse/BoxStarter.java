package gatehouse;

import gatehouse.hal.Hardware;
import gatehouse.microsoft365.Cloud;
import gatehouse.recordings.Recordings;
import gatehouse.voicemail.Voicemails;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;

/** Lets the test kit start what Main starts, from its own package. */
public final class BoxStarter {
    private static final int CHEAP = 1_000; // the shipped cost is a second a password without the optimising compiler
    private BoxStarter() {
    }

    public static AutoCloseable start(Config config, Hardware hardware, Clock clock, Duration ringFor,
                                      Function<Cloud, Cloud.Endpoints> microsoft) {
        var gatehouse = new Gatehouse(config, hardware, clock, new SecureRandom(), ringFor, CHEAP, microsoft);
        gatehouse.start();
        return gatehouse;
    }

    /** @param running what {@link #start} gave */
    public static Voicemails voicemails(AutoCloseable running) {
        return ((Gatehouse) running).playback().voicemails();
    }

    /** @param running what {@link #start} gave */
    public static Recordings recordings(AutoCloseable running) {
        return ((Gatehouse) running).playback().recordings();
    }
}
