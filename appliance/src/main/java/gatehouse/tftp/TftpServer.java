package gatehouse.tftp;

import gatehouse.core.AddressFilter;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Waits for requests and gives each a {@link Transfer} of its own, on a port of its own (RFC 1350 4). Thread-safe. */
public final class TftpServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(TftpServer.class.getName());
    private static final int LARGEST_REQUEST = 512; // RFC 2347
    private static final int MOST = 64; // at once; a phone takes well under a second
    private static final int MOST_OF_ONE = 4; // to one address: some fetch two files side by side, and give one up without a word

    private final InetAddress bind;
    private final int port;
    private final TftpFiles files;
    private final AddressFilter addresses;
    private final Duration patience;
    private final Map<InetAddress, Integer> busy = new ConcurrentHashMap<>();
    private DatagramSocket socket;
    private volatile boolean closed;

    /** @param addresses whom to hear at all; @param patience how long to wait for an answer before a block is sent again */
    public TftpServer(InetAddress bind, int port, TftpFiles files, AddressFilter addresses, Duration patience) {
        this.bind = bind;
        this.port = port;
        this.files = files;
        this.addresses = addresses;
        this.patience = patience;
    }

    /** @throws IllegalStateException when the port cannot be had; the message says why */
    public void start() {
        try {
            socket = new DatagramSocket(port, bind);
        } catch (SocketException e) {
            throw new IllegalStateException("TFTP cannot listen on UDP port " + port + ": " + e.getMessage()
                    + (port < 1024 ? ". Ports below 1024 need the right to them (CAP_NET_BIND_SERVICE)." : ""), e);
        }
        Thread.ofVirtual().name("tftp").start(this::listen);
    }

    private void listen() {
        var packet = new DatagramPacket(new byte[LARGEST_REQUEST], LARGEST_REQUEST);
        while (!closed) {
            try {
                packet.setLength(LARGEST_REQUEST);
                socket.receive(packet);
                asked(packet.getData(), packet.getLength(), (InetSocketAddress) packet.getSocketAddress());
            } catch (IOException | RuntimeException e) {
                if (!closed) {
                    LOG.log(Level.WARNING, "A TFTP request could not be read: " + e.getMessage());
                }
            }
        }
    }

    private void asked(byte[] datagram, int length, InetSocketAddress client) {
        var opcode = ReadRequest.opcode(datagram, length);
        if (!addresses.admits(client.getAddress()) || opcode != 1 && opcode != 2 || !files.answers(client.getAddress().getHostAddress())) {
            return; // what belongs to no transfer is passed over; an answer would only make somebody else's noise louder
        }
        var request = ReadRequest.parse(datagram, length);
        if (!takePlace(client.getAddress())) {
            LOG.log(Level.DEBUG, "Too many TFTP transfers; " + client + " has to ask again");
            return;
        }
        Thread.ofVirtual().name("tftp-" + client).start(() -> {
            try (var own = new DatagramSocket(0, bind)) {
                own.connect(client);
                if (request.isEmpty()) {
                    Transfer.refuse(own, opcode == 2 ? 2 : 4, opcode == 2 ? "Files can only be read here" : "That request cannot be understood");
                } else {
                    new Transfer(own, request.get(), patience).run(files);
                }
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "The TFTP transfer to " + client + " ended: " + e.getMessage());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The TFTP transfer to " + client + " failed", e);
            } finally {
                busy.computeIfPresent(client.getAddress(), (_, count) -> count > 1 ? count - 1 : null);
            }
        });
    }

    private boolean takePlace(InetAddress client) {
        if (busy.values().stream().mapToInt(Integer::intValue).sum() >= MOST || busy.getOrDefault(client, 0) >= MOST_OF_ONE) {
            return false;
        }
        busy.merge(client, 1, Integer::sum); // only the listening thread adds
        return true;
    }

    @Override
    public void close() {
        closed = true;
        if (socket != null) {
            socket.close();
        }
    }
}
