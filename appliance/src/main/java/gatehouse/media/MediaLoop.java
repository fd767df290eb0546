package gatehouse.media;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * One platform thread that moves every packet of the calls pinned to it, with one buffer for all.
 * Nothing is allocated, locked or logged for a packet; verdicts are counted.
 */
final class MediaLoop implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(MediaLoop.class.getName());
    private static final int LARGEST_PACKET = 2048; // an Ethernet frame and then some; audio is 172 bytes
    private static final int RTP_HEADER = 12; // RFC 3550 5.1
    private static final int RTCP_HEADER = 8;

    private final Selector selector;
    private final Thread thread;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(LARGEST_PACKET);
    private final Consumer<SelectionKey> ready = this::receive;
    private final Queue<Runnable> removed = new ConcurrentLinkedQueue<>();
    private volatile boolean running = true;

    // Written by the loop alone; others read a value that may be a packet old.
    long forwarded;
    long noRoute;
    long notRtp;
    long foreign;
    long tooLarge;

    MediaLoop(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().name(name).daemon().priority(Thread.MAX_PRIORITY).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    long threadId() {
        return thread.threadId();
    }

    void add(MediaPort port) throws IOException {
        port.channel.configureBlocking(false);
        port.channel.register(selector, SelectionKey.OP_READ, port);
        selector.wakeup();
    }

    /** Closes the port's socket. The kernel keeps it bound until the selector has forgotten it: see {@link #onceClosed}. */
    void remove(MediaPort port) {
        port.open = false;
        try {
            port.channel.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "A media socket did not close", e);
        }
    }

    /** Runs {@code then} on the loop when the ports removed before are free to be bound again. */
    void onceClosed(Runnable then) {
        removed.add(then);
        selector.wakeup();
    }

    private void run() {
        while (running) {
            try {
                var then = removed.poll();
                if (then == null) {
                    selector.select(ready);
                } else {
                    selector.selectNow(ready); // begins by letting go of what was closed
                    then.run();
                }
            } catch (IOException | RuntimeException e) {
                LOG.log(Level.ERROR, "The media loop met an error and goes on", e);
            }
        }
    }

    /** One packet a turn: a second look would nearly always find nothing (50 packets a second), and costs as much as a packet. */
    private void receive(SelectionKey key) {
        var port = (MediaPort) key.attachment();
        try {
            packet.clear();
            var source = port.channel.receive(packet);
            if (source != null) {
                packet.flip();
                forward(port, source);
            }
        } catch (ClosedChannelException hungUp) {
            noRoute++;
        } catch (IOException unreachable) {
            noRoute++; // an ICMP error of an earlier send; the next packet may pass
        } catch (RuntimeException e) {
            key.cancel(); // this port goes silent; its call ends for want of sound, no other one does
            LOG.log(Level.ERROR, "A media port met an error and is given up", e);
        }
    }

    private void forward(MediaPort port, java.net.SocketAddress source) throws IOException {
        if (packet.limit() == LARGEST_PACKET) {
            tooLarge++;
            return;
        }
        // Version 2 in the two top bits: neither STUN nor DTLS (RFC 7983).
        if (packet.limit() < (port.rtp ? RTP_HEADER : RTCP_HEADER) || (packet.get(0) & 0xC0) != 0x80) {
            notRtp++;
            return;
        }
        if (!port.accepts(source)) {
            foreign++;
            return;
        }
        if (port.rtp) {
            noticeEvent(port);
        }
        var to = port.other.peer();
        if (to == null || !port.other.open) {
            noRoute++;
            return;
        }
        port.other.channel.send(packet, to);
        port.forwarded++;
        forwarded++;
    }

    /** RFC 3550 5.1: sources and an extension may stand between the header and what is said. */
    private void noticeEvent(MediaPort port) {
        var payload = RTP_HEADER + 4 * (packet.get(0) & 0x0F);
        if ((packet.get(0) & 0x10) != 0) {
            payload += packet.limit() < payload + 4 ? LARGEST_PACKET : 4 + 4 * Short.toUnsignedInt(packet.getShort(payload + 2));
        }
        if (packet.limit() >= payload + 4) {
            port.noticeEvent(packet.get(1) & 0x7F, packet.getInt(8), packet.getInt(4), packet.get(payload) & 0xFF);
        }
    }

    @Override
    public void close() {
        running = false;
        selector.wakeup();
        try {
            thread.join(2_000);
            for (var key : selector.keys()) {
                key.channel().close(); // of calls that nobody ended
            }
            selector.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The media selector did not close", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
