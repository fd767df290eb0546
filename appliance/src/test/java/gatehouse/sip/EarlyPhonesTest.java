package gatehouse.sip;

import gatehouse.certificates.Certificates;
import gatehouse.core.AddressFilter;
import gatehouse.core.Events;
import gatehouse.testkit.EarlyPhone;
import gatehouse.testkit.FreePorts;
import gatehouse.testkit.ManualTimers;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Phones have their power back before the box has, and ask all the time. */
class EarlyPhonesTest {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

    /** The edge draws its digest key while it starts; here that takes until the phone has asked a few times more. */
    private static final class SlowRandom extends SecureRandom {
        private static final long serialVersionUID = 1;
        private transient volatile CountDownLatch asked = new CountDownLatch(0);

        @Override
        public void nextBytes(byte[] bytes) {
            try {
                asked = new CountDownLatch(10);
                asked.await(5, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            super.nextBytes(bytes);
        }
    }

    @Test
    void a_phone_that_asks_while_the_box_starts_is_answered(@TempDir Path keys) throws IOException, InterruptedException, ExecutionException {
        var certificates = new Certificates(keys, "secret", "box.test", Clock.systemUTC());
        var port = FreePorts.one();
        var settings = new SipSettings(InetAddress.getLoopbackAddress(), port, FreePorts.one(), false, "box.test", certificates.file(), "secret");
        var random = new SlowRandom();
        try (var phones = Executors.newVirtualThreadPerTaskExecutor();
                var events = new Events(); var edge = new SipEdge(settings, _ -> Optional.empty(), AddressFilter.EVERYBODY, events, Clock.systemUTC(), new ManualTimers(), random)) {
            var answered = phones.submit(() -> challenged(port, random));
            edge.start(_ -> { throw new AssertionError("never proved"); }, null);
            answered.get();
        }
    }

    /** Repeats one question until it is answered, as UDP wants it: one that is swallowed fails. */
    private static Void challenged(int port, SlowRandom random) throws IOException {
        var deadline = System.nanoTime() + PATIENCE;
        try (var phone = new EarlyPhone(port, "box.test", "101", "never sent")) {
            phone.challenged(() -> {
                random.asked.countDown();
                return System.nanoTime() < deadline;
            });
        }
        return null;
    }
}
