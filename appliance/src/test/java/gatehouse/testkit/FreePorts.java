package gatehouse.testkit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashSet;
import java.util.concurrent.ThreadLocalRandom;

/** Ports on loopback that nothing uses now, for TCP and UDP alike, and that this JVM has not given out lately. */
public final class FreePorts {
    private static final LinkedHashSet<Integer> GIVEN = new LinkedHashSet<>(); // oldest first
    private static final int REMEMBERED = 5_000; // what was given before that has been closed since
    private static final int FIRST = 20_000;
    private static final int LAST = 30_000; // below the range the kernel takes for outgoing connections

    private FreePorts() {
    }

    public static int one() {
        return range(1);
    }

    /** The first, even, of {@code width} ports in a row. */
    public static synchronized int range(int width) {
        for (int attempt = 0; attempt < 1000; attempt++) {
            var first = ThreadLocalRandom.current().nextInt(FIRST, LAST - width) & ~1;
            if (allFree(first, width)) {
                for (int port = first; port < first + width; port++) {
                    GIVEN.add(port);
                }
                while (GIVEN.size() > REMEMBERED) {
                    GIVEN.removeFirst();
                }
                return first;
            }
        }
        throw new AssertionError("No " + width + " free ports in a row between " + FIRST + " and " + LAST);
    }

    private static boolean allFree(int first, int width) {
        for (int port = first; port < first + width; port++) {
            if (GIVEN.contains(port) || !free(port)) {
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
