package gatehouse.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports on loopback that nothing uses now, for TCP and UDP alike. Each comes round again only after all others, so that what a box binds
 * later is still its own.
 */
public final class FreePorts {
    private static final int FORK = Integer.getInteger("gatehouse.fork", 1) - 1; // which of the two processes that test at once
    private static final Round SINGLE = new Round(12_000 + FORK * 5_000, 17_000 + FORK * 5_000); // apart from the rows, which they would cut to pieces
    private static final Round ROWS = new Round(22_000 + FORK * 4_000, 26_000 + FORK * 4_000); // below what the kernel takes for outgoing connections

    private FreePorts() {
    }

    public static int one() {
        return SINGLE.next(1);
    }

    /** The first, even, of {@code width} ports in a row. */
    public static int range(int width) {
        return ROWS.next(width);
    }

    /** Ports given out one after the other, from a random one on: other programs' tests begin elsewhere. */
    private static final class Round {
        private final int first;
        private final int end;
        private int next;

        Round(int first, int end) {
            this.first = first;
            this.end = end;
            this.next = ThreadLocalRandom.current().nextInt(first, end) & ~1;
        }

        synchronized int next(int width) {
            for (int tried = 0; tried < end - first; tried += 2) {
                if (next + width > end) {
                    next = first;
                }
                var candidate = next;
                next += 2;
                if (allFree(candidate, width)) {
                    next = candidate + width + width % 2;
                    return candidate;
                }
            }
            throw new AssertionError("No " + width + " free ports in a row between " + first + " and " + end);
        }
    }

    private static boolean allFree(int first, int width) {
        for (int port = first; port < first + width; port++) {
            if (!free(port)) {
                return false;
            }
        }
        return true;
    }

    private static boolean free(int port) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var tcp = new ServerSocket(); var udp = new DatagramSocket(null)) {
            tcp.bind(address);
            udp.bind(address);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
