package gatehouse.bench;

import gatehouse.media.Media.Leg;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Both phones of each call: every one sends 172 bytes each 20 ms at a phase of its own, with the time inside, and notes how old it arrives. */
final class Talkers implements AutoCloseable {
    private static final long PACKET_NANOS = Duration.ofMillis(20).toNanos();
    private static final long STRAGGLERS_NANOS = Duration.ofMillis(300).toNanos();

    /** @param latencyMicros of each packet that arrived, sorted */
    record Heard(long sent, int[] latencyMicros) {
        int percentile(int percent) {
            return latencyMicros.length == 0 ? -1 : latencyMicros[(int) ((latencyMicros.length - 1L) * percent / 100)];
        }
    }

    private final DatagramChannel[] phones; // call by call, the caller first
    private final long[] phases; // sorted: the order in which the phones speak
    private final int[] order;
    private final Selector selector = Selector.open();
    private volatile boolean listening;

    Talkers(int calls, Random random) throws IOException {
        phones = new DatagramChannel[2 * calls];
        phases = random.longs(phones.length, 0, PACKET_NANOS).sorted().toArray();
        order = random.ints(0, phones.length).distinct().limit(phones.length).toArray();
        for (int i = 0; i < phones.length; i++) {
            phones[i] = DatagramChannel.open().bind(new InetSocketAddress(MediaBench.LOOPBACK, 0));
            phones[i].configureBlocking(false);
            phones[i].register(selector, SelectionKey.OP_READ);
        }
    }

    InetSocketAddress address(int call, Leg leg) {
        try {
            return (InetSocketAddress) phones[2 * call + leg.ordinal()].getLocalAddress();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Heard talk(MediaBench.Engine engine, Duration length) throws Exception {
        var targets = new InetSocketAddress[phones.length];
        for (int i = 0; i < phones.length; i++) {
            targets[i] = engine.entry(i / 2, Leg.values()[i % 2]);
        }
        var cycles = (int) (length.toNanos() / PACKET_NANOS);
        var arrived = new int[cycles * phones.length];
        var count = new int[1];
        listening = true;
        var listener = Thread.ofPlatform().name("listener").start(() -> listen(arrived, count));
        speak(targets, cycles);
        listening = false;
        listener.join();
        var latencies = Arrays.copyOf(arrived, count[0]);
        Arrays.sort(latencies);
        return new Heard((long) cycles * phones.length, latencies);
    }

    private void speak(InetSocketAddress[] targets, int cycles) throws IOException {
        var packet = ByteBuffer.allocateDirect(172);
        var begin = System.nanoTime();
        for (int cycle = 0; cycle < cycles; cycle++) {
            for (int i = 0; i < phones.length; i++) {
                var due = begin + cycle * PACKET_NANOS + phases[i];
                for (var early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                packet.clear();
                packet.putShort(0, (short) 0x8000).putShort(2, (short) cycle).putInt(4, 160 * cycle).putInt(8, order[i]).putLong(12, System.nanoTime());
                phones[order[i]].send(packet, targets[order[i]]);
            }
        }
    }

    private void listen(int[] arrived, int[] count) {
        var packet = ByteBuffer.allocateDirect(2048);
        try {
            var end = 0L;
            while ((end == 0 || System.nanoTime() < end) && count[0] < arrived.length) {
                selector.select(key -> {
                    try {
                        packet.clear();
                        if (((DatagramChannel) key.channel()).receive(packet) != null && count[0] < arrived.length) {
                            arrived[count[0]++] = (int) ((System.nanoTime() - packet.getLong(12)) / 1000);
                        }
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }, 20);
                if (!listening && end == 0) {
                    end = System.nanoTime() + STRAGGLERS_NANOS;
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (var phone : phones) {
            phone.close();
        }
        selector.close();
    }
}
