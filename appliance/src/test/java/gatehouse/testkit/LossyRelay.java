package gatehouse.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** Stands between one UDP client and a server that answers from a port of its own, and loses some of what passes. */
public final class LossyRelay implements AutoCloseable {
    private final DatagramSocket towardsClient = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final DatagramSocket towardsServer = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();
    private final IntPredicate loses;
    private volatile SocketAddress client;
    private volatile SocketAddress server;

    /** @param loses by the number of the datagram, from 1 on, both ways counted together */
    public LossyRelay(int serverPort, IntPredicate loses) throws IOException {
        this.loses = loses;
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        Thread.ofVirtual().start(() -> pass(towardsClient, towardsServer, true));
        Thread.ofVirtual().start(() -> pass(towardsServer, towardsClient, false));
    }

    private void pass(DatagramSocket from, DatagramSocket to, boolean fromClient) {
        var packet = new DatagramPacket(new byte[2_048], 2_048);
        try {
            while (true) {
                packet.setLength(2_048);
                from.receive(packet);
                if (fromClient) {
                    client = packet.getSocketAddress();
                } else {
                    server = packet.getSocketAddress(); // the transfer's own port
                }
                if (loses.test(passed.incrementAndGet())) {
                    lost.incrementAndGet();
                } else {
                    to.send(new DatagramPacket(packet.getData(), packet.getLength(), fromClient ? server : client));
                }
            }
        } catch (IOException closed) {
            return;
        }
    }

    public int port() {
        return towardsClient.getLocalPort();
    }

    public int lost() {
        return lost.get();
    }

    @Override
    public void close() {
        towardsClient.close();
        towardsServer.close();
    }
}
