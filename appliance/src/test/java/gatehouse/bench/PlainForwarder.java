package gatehouse.bench;

import gatehouse.media.Media.Leg;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.function.Consumer;

/** The least that forwards: one selector, one buffer, one receive and one send a packet, nothing looked at. The floor for this machine. */
final class PlainForwarder implements MediaBench.Engine {
    private record Onward(DatagramChannel in, DatagramChannel out, SocketAddress to) { }

    private final DatagramChannel[][] sockets = new DatagramChannel[MediaBench.CALLS][2];
    private final Selector selector = Selector.open();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(2048);
    private final Consumer<SelectionKey> ready = this::forward;
    private final Thread thread = Thread.ofPlatform().name("plain").daemon().unstarted(this::run);
    private volatile boolean running = true;

    PlainForwarder(Talkers phones) throws IOException {
        for (int call = 0; call < MediaBench.CALLS; call++) {
            for (int leg = 0; leg < 2; leg++) {
                sockets[call][leg] = DatagramChannel.open().bind(new InetSocketAddress(MediaBench.LOOPBACK, 0));
                sockets[call][leg].configureBlocking(false);
            }
            for (var leg : Leg.values()) {
                var in = sockets[call][leg.ordinal()];
                var out = sockets[call][leg.other().ordinal()];
                in.register(selector, SelectionKey.OP_READ, new Onward(in, out, phones.address(call, leg.other())));
            }
        }
        thread.start();
    }

    private void run() {
        try {
            while (running) {
                selector.select(ready);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void forward(SelectionKey key) {
        var onward = (Onward) key.attachment();
        try {
            packet.clear();
            if (onward.in.receive(packet) != null) {
                onward.out.send(packet.flip(), onward.to);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public InetSocketAddress entry(int call, Leg leg) {
        try {
            return (InetSocketAddress) sockets[call][leg.ordinal()].getLocalAddress();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String threads() {
        return "plain";
    }

    @Override
    public void close() throws IOException {
        running = false;
        selector.wakeup();
        try {
            thread.join(2000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (var pair : sockets) {
            pair[0].close();
            pair[1].close();
        }
        selector.close();
    }
}
