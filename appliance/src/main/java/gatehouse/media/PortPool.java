package gatehouse.media;

import gatehouse.media.Media.PortsExhausted;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.ArrayList;
import java.util.random.RandomGenerator;

/**
 * Pairs of an even RTP port and the odd RTCP port above it (RFC 3550 11). The pair given back longest ago is taken first, so that
 * late packets of one call do not reach the next; the order at the start is random, so that ports cannot be guessed. Thread-safe.
 */
final class PortPool {
    /** Two bound sockets. */
    record Pair(int port, DatagramChannel rtp, DatagramChannel rtcp) { }

    private final InetAddress bind;
    private final ArrayDeque<Integer> free;
    private final int total;

    PortPool(InetAddress bind, int first, int last, RandomGenerator random) {
        this.bind = bind;
        var ports = new ArrayList<Integer>();
        for (int port = first + (first & 1); port + 1 <= last; port += 2) {
            ports.add(port);
        }
        Collections.shuffle(ports, java.util.Random.from(random));
        free = new ArrayDeque<>(ports);
        total = ports.size();
    }

    /** @throws PortsExhausted when every pair is in use, by us or by another program */
    synchronized Pair take() {
        for (int tries = free.size(); tries > 0; tries--) {
            var port = free.removeFirst();
            try {
                return open(port);
            } catch (IOException taken) {
                free.addLast(port);
            }
        }
        throw new PortsExhausted("All " + total + " pairs of the media port range are in use; widen --rtp-ports");
    }

    private Pair open(int port) throws IOException {
        var rtp = socket(port);
        try {
            return new Pair(port, rtp, socket(port + 1));
        } catch (IOException e) {
            rtp.close();
            throw e;
        }
    }

    private DatagramChannel socket(int port) throws IOException {
        var channel = DatagramChannel.open();
        try {
            channel.setOption(StandardSocketOptions.IP_TOS, 0xB8); // expedited forwarding, RFC 3246
            return channel.bind(new InetSocketAddress(bind, port));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** The sockets are closed already. */
    synchronized void giveBack(int port) {
        free.addLast(port);
    }

    synchronized int inUse() {
        return total - free.size();
    }

    int total() {
        return total;
    }
}
