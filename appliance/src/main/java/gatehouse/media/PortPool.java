package gatehouse.media;

import gatehouse.media.Media.PortsExhausted;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.random.RandomGenerator;

/**
 * Pairs of an even RTP port and the odd RTCP port above it (RFC 3550 11). The pair given back longest ago is taken first, so that
 * late packets of one call do not reach the next; the order at the start is random, so that ports cannot be guessed. Thread-safe.
 */
final class PortPool {
    /** Two bound sockets. */
    record Pair(int port, DatagramChannel rtp, DatagramChannel rtcp) { }

    /** Opens a socket; the tests have one that fails. */
    @FunctionalInterface
    interface Opener {
        DatagramChannel open() throws IOException;
    }

    private static final System.Logger LOG = System.getLogger(PortPool.class.getName());

    private final InetAddress bind;
    private final Opener opener;
    private final ArrayDeque<Integer> free;
    private final int first;
    private final int last;
    private final int total;

    PortPool(InetAddress bind, int first, int last, RandomGenerator random, Opener opener) {
        this.bind = bind;
        this.opener = opener;
        this.first = first;
        this.last = last;
        var ports = new ArrayList<Integer>();
        for (int port = first + (first & 1); port + 1 <= last; port += 2) {
            ports.add(port);
        }
        Collections.shuffle(ports, java.util.Random.from(random));
        free = new ArrayDeque<>(ports);
        total = ports.size();
    }

    /** @throws PortsExhausted when every pair is in use, by us or by another program, or no more sockets may be opened */
    synchronized Pair take() {
        for (int tries = free.size(); tries > 0; tries--) {
            var port = free.removeFirst();
            try {
                return open(port);
            } catch (BindException taken) {
                free.addLast(port);
            } catch (IOException e) {
                free.addLast(port);
                throw new PortsExhausted("No more media sockets can be opened: " + e.getMessage());
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
        var channel = opener.open();
        try {
            channel.setOption(StandardSocketOptions.IP_TOS, 0xB8); // expedited forwarding, RFC 3246
            return channel.bind(new InetSocketAddress(bind, port));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Closes what is still open of a pair; it goes to the end of the queue. */
    void close(Pair pair) {
        try (var rtp = pair.rtp(); var rtcp = pair.rtcp()) {
            LOG.log(Level.DEBUG, () -> "Giving back media ports " + pair.port() + (rtp.isOpen() || rtcp.isOpen() ? ", still open" : ""));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A media socket did not close", e);
        }
        synchronized (this) {
            free.addLast(pair.port());
        }
    }

    synchronized int inUse() {
        return total - free.size();
    }

    /** Whether a packet sent to {@code address} would come back to one of our ports. */
    boolean owns(InetSocketAddress address) {
        try {
            return address.getPort() >= first && address.getPort() <= last && NetworkInterface.getByInetAddress(address.getAddress()) != null;
        } catch (SocketException e) {
            return true; // cannot tell: better no sound than a packet that goes round for ever
        }
    }

    int total() {
        return total;
    }
}
