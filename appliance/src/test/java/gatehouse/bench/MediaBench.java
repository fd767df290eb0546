package gatehouse.bench;

import com.sun.management.ThreadMXBean;
import gatehouse.media.Media.Leg;
import gatehouse.media.Media.RtpRelay;
import gatehouse.media.NioMedia;
import gatehouse.testkit.FreePorts;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.function.ToLongFunction;
import java.util.stream.LongStream;

/**
 * The RTP relay under {@value #CALLS} two-way calls of 50 packets a second, beside two references in turn with it: the same packets
 * through a forwarder that checks nothing, and straight from phone to phone.
 */
final class MediaBench {
    static final int CALLS = 100;
    static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final int ROUNDS = 3;
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration MEASURED = Duration.ofSeconds(2); // 3 engines × 3 rounds × 3 s in all
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What stands between the phones. */
    interface Engine extends AutoCloseable {
        /** Where phone {@code leg} of {@code call} has to send so that the other one hears it. */
        InetSocketAddress entry(int call, Leg leg);

        /** Its threads carry names that begin so. */
        String threads();

        @Override
        void close() throws IOException;
    }

    @FunctionalInterface
    private interface EngineMaker {
        Engine between(Talkers phones) throws Exception;
    }

    /** @param cpuMicros,allocatedBytes for each packet that arrived */
    private record Measured(long sent, long received, double cpuMicros, double allocatedBytes, int p50Micros, int p99Micros, int maxMicros) { }

    private MediaBench() {
    }

    static void run() throws Exception {
        var engines = new LinkedHashMap<String, EngineMaker>();
        engines.put("no relay", Direct::new);
        engines.put("plain NIO", PlainForwarder::new);
        engines.put("relay", ThroughRelay::new);
        System.out.printf("%d calls, %d packets a second%n", CALLS, CALLS * 2 * 50);
        System.out.printf("%-6s %-10s %9s %6s %10s %10s %9s %9s %9s%n", "round", "engine", "packets", "lost", "CPU us/pkt", "bytes/pkt",
                "p50 us", "p99 us", "max us");
        var ratios = new ArrayList<Double>();
        for (int round = 1; round <= ROUNDS; round++) {
            var results = new LinkedHashMap<String, Measured>();
            for (var engine : engines.entrySet()) {
                var found = measure(engine.getValue());
                results.put(engine.getKey(), found);
                System.out.printf("%-6d %-10s %9d %6d %10.2f %10.2f %9d %9d %9d%n", round, engine.getKey(), found.received,
                        found.sent - found.received, found.cpuMicros, found.allocatedBytes, found.p50Micros, found.p99Micros, found.maxMicros);
            }
            ratios.add(results.get("relay").cpuMicros / results.get("plain NIO").cpuMicros);
        }
        System.out.printf("CPU of the relay to plain NIO, round by round: %s; median %.2f%n",
                String.join(", ", ratios.stream().map("%.2f"::formatted).toList()), ratios.stream().sorted().toList().get(ROUNDS / 2));
    }

    private static Measured measure(EngineMaker maker) throws Exception {
        try (var phones = new Talkers(CALLS, new Random(1)); var engine = maker.between(phones)) {
            phones.talk(engine, WARM_UP);
            var cpu = sum(engine, THREADS::getThreadCpuTime);
            var bytes = sum(engine, THREADS::getThreadAllocatedBytes);
            var heard = phones.talk(engine, MEASURED);
            double received = Math.max(1, heard.latencyMicros().length);
            return new Measured(heard.sent(), heard.latencyMicros().length, (sum(engine, THREADS::getThreadCpuTime) - cpu) / received / 1000,
                    (sum(engine, THREADS::getThreadAllocatedBytes) - bytes) / received, heard.percentile(50), heard.percentile(99), heard.percentile(100));
        }
    }

    private static long sum(Engine engine, ToLongFunction<Long> figure) {
        return LongStream.of(THREADS.getAllThreadIds()).filter(id -> {
            var thread = THREADS.getThreadInfo(id);
            return thread != null && thread.getThreadName().startsWith(engine.threads());
        }).map(figure::applyAsLong).sum();
    }

    /** Phone to phone: what the machine's loopback and the measuring itself cost. */
    private record Direct(Talkers phones) implements Engine {
        @Override
        public InetSocketAddress entry(int call, Leg leg) {
            return phones.address(call, leg.other());
        }

        @Override
        public String threads() {
            return "no such thread";
        }

        @Override
        public void close() { }
    }

    /** The engine of the product, opened as calls open it. */
    private static final class ThroughRelay implements Engine {
        private final NioMedia media;
        private final List<RtpRelay> relays = new ArrayList<>();
        private final InetSocketAddress[][] entries = new InetSocketAddress[CALLS][2];

        ThroughRelay(Talkers phones) throws Exception {
            var first = FreePorts.range(4 * CALLS);
            media = new NioMedia(LOOPBACK, first, first + 4 * CALLS - 1, new Random(1));
            for (int call = 0; call < CALLS; call++) {
                var relay = media.relay((_, _) -> { });
                relays.add(relay);
                for (var leg : Leg.values()) {
                    var given = relay.pass(leg, description(phones.address(call, leg).getPort()), LOOPBACK);
                    entries[call][leg.other().ordinal()] = new InetSocketAddress(LOOPBACK, audioPort(given));
                }
            }
        }

        private static String description(int port) {
            return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + port
                    + " RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n";
        }

        private static int audioPort(String description) {
            return Integer.parseInt(description.split("m=audio ")[1].split(" ")[0]);
        }

        @Override
        public InetSocketAddress entry(int call, Leg leg) {
            return entries[call][leg.ordinal()];
        }

        @Override
        public String threads() {
            return "media-";
        }

        @Override
        public void close() {
            relays.forEach(RtpRelay::close);
            media.close();
        }
    }
}
