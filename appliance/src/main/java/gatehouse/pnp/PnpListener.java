package gatehouse.pnp;

import gatehouse.core.AddressFilter;
import gatehouse.core.Ids;
import gatehouse.core.Pace;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Listens on the group, with a socket for each interface: the kernel hands it only what came in there, so that the answer leaves by the
 * same wire and names the address that this wire's phones can reach. Thread-safe.
 */
public final class PnpListener implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PnpListener.class.getName());
    static final String GROUP = "224.0.1.75";
    private static final int LARGEST = 4_096;
    static final int MOST_OF_ONE = 10; // answers a minute; a phone asks once a boot and repeats itself for some seconds
    private static final int MOST_OF_ALL = 3_000; // 1,000 phones that boot together and ask three times each
    private static final int MOST_AT_ONCE = 64;
    private static final int[] WAITS = {500, 1_000, 2_000}; // milliseconds; RFC 3261 17.1.2 would go on for half a minute, the phone asks again anyway

    private final List<Place> places;
    private final Answers answers;
    private final AddressFilter addresses;
    private final Ids ids;
    private final Pace pace;
    private final Semaphore exchanges = new Semaphore(MOST_AT_ONCE);
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private final List<DatagramSocket> sockets = new ArrayList<>();
    private volatile boolean closed;

    /** @param addresses whom to hear at all */
    public PnpListener(List<Place> places, Answers answers, AddressFilter addresses, Ids ids, LongSupplier nanoTime) {
        this.places = List.copyOf(places);
        this.answers = answers;
        this.addresses = addresses;
        this.ids = ids;
        this.pace = new Pace(MOST_OF_ONE, MOST_OF_ALL, nanoTime);
    }

    /** Joins the group. @throws IllegalStateException when that cannot be; the message says why */
    public void start() {
        for (var place : places) {
            var socket = join(place);
            sockets.add(socket);
            Thread.ofVirtual().name("pnp-" + place.networkInterface()).start(() -> listen(place, socket));
        }
    }

    private static DatagramSocket join(Place place) {
        try {
            var wire = NetworkInterface.getByName(place.networkInterface());
            if (wire == null) {
                throw new IllegalStateException("PnP cannot listen on " + place.networkInterface() + ": there is no such interface, but "
                        + NetworkInterface.networkInterfaces().map(NetworkInterface::getName).sorted().collect(Collectors.joining(", ")));
            }
            var channel = DatagramChannel.open(StandardProtocolFamily.INET); // one of both families could not send from where it is bound
            try {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(new InetSocketAddress(GROUP, place.port())); // the group's address: what is sent to the box alone is not ours
                channel.join(InetAddress.getByName(GROUP), wire);
                return channel.socket();
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (IOException e) {
            throw new IllegalStateException("PnP cannot listen on " + place.networkInterface() + " port " + place.port() + ": " + e.getMessage(), e);
        }
    }

    private void listen(Place place, DatagramSocket socket) {
        var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
        while (!closed) {
            try {
                packet.setLength(LARGEST);
                socket.receive(packet);
                var source = (InetSocketAddress) packet.getSocketAddress();
                if (addresses.admits(source.getAddress())) {
                    Subscribe.parse(packet.getData(), packet.getLength()).ifPresent(subscribe -> heard(place, socket, subscribe, source));
                }
            } catch (IOException | RuntimeException e) {
                if (!closed) {
                    LOG.log(Level.WARNING, "PnP on " + place.networkInterface() + " could not read a request: " + e.getMessage());
                }
            }
        }
    }

    private void heard(Place place, DatagramSocket socket, Subscribe subscribe, InetSocketAddress source) {
        var mac = subscribe.mac();
        var box = boxAddress(place, source.getAddress());
        if (mac.isEmpty() || box.isEmpty()) {
            LOG.log(Level.DEBUG, "A phone at " + source + (box.isEmpty() ? " asks from another network" : " names no MAC"));
            return;
        }
        if (!pace.admits(source.getAddress().getHostAddress()) || !exchanges.tryAcquire()) {
            LOG.log(Level.DEBUG, "Too many ask for their profile; " + source + " has to ask again");
            return;
        }
        var phone = new Heard(mac.get(), subscribe.about("vendor"), subscribe.about("model"), subscribe.about("version"), source.getAddress().getHostAddress(),
                box.get().getHostAddress());
        Thread.ofVirtual().name("pnp-" + phone.mac()).start(() -> {
            try {
                answer(place, socket, subscribe, source, phone, box.get());
            } catch (IOException e) {
                LOG.log(Level.DEBUG, "The phone " + phone.mac() + " could not be told its address: " + e.getMessage());
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "The phone " + phone.mac() + " could not be answered", e);
            } finally {
                exchanges.release();
            }
        });
    }

    private void answer(Place place, DatagramSocket group, Subscribe subscribe, InetSocketAddress source, Heard phone, InetAddress box) throws IOException {
        if (!underWay.add(subscribe.callId())) {
            return; // it repeats itself; the answer to the first is on its way
        }
        try {
            var url = answers.addressFor(phone);
            if (url.isEmpty()) {
                return;
            }
            var tag = ids.text(13);
            var accepted = subscribe.accepted(source, phone.boxAddress(), place.port(), tag).getBytes(StandardCharsets.UTF_8);
            group.send(new DatagramPacket(accepted, accepted.length, subscribe.respondTo(source)));
            if (!told(subscribe, subscribe.notifyAt(source), url.get(), box, tag)) {
                LOG.log(Level.INFO, "The phone " + phone.mac() + " at " + phone.address() + " was told its address but did not confirm");
            }
        } finally {
            underWay.remove(subscribe.callId());
        }
    }

    /** From a socket of its own, which the SIP stack does not share: so the phone's response is heard. */
    private boolean told(Subscribe subscribe, InetSocketAddress target, String url, InetAddress box, String tag) throws IOException {
        try (var socket = new DatagramSocket(0, box)) {
            var notify = subscribe.notify(url, target, box.getHostAddress(), socket.getLocalPort(), ids.text(16), tag).getBytes(StandardCharsets.UTF_8);
            var response = new DatagramPacket(new byte[LARGEST], LARGEST);
            for (int wait : WAITS) {
                socket.send(new DatagramPacket(notify, notify.length, target));
                socket.setSoTimeout(wait);
                try {
                    response.setLength(LARGEST);
                    socket.receive(response);
                    if (response.getAddress().equals(target.getAddress()) && subscribe.isAnswer(response.getData(), response.getLength())) {
                        return true;
                    }
                } catch (SocketTimeoutException silent) {
                    LOG.log(Level.DEBUG, target + " did not answer within " + wait + " ms");
                }
            }
            return false;
        }
    }

    /** Ours on that interface in the asker's network; looked up each time, because DHCP may give another. */
    private static Optional<InetAddress> boxAddress(Place place, InetAddress asker) {
        try {
            var wire = NetworkInterface.getByName(place.networkInterface());
            return wire == null ? Optional.empty() : wire.getInterfaceAddresses().stream()
                    .filter(own -> own.getAddress() instanceof Inet4Address && sameNetwork(own, asker)).map(InterfaceAddress::getAddress).findFirst();
        } catch (SocketException gone) {
            return Optional.empty();
        }
    }

    static boolean sameNetwork(InterfaceAddress own, InetAddress asker) {
        return sameNetwork(own.getAddress().getAddress(), asker.getAddress(), own.getNetworkPrefixLength());
    }

    static boolean sameNetwork(byte[] own, byte[] other, int prefix) {
        if (own.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < prefix; bit++) {
            var mask = 0x80 >> (bit % 8);
            if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        closed = true;
        sockets.forEach(DatagramSocket::close);
    }
}
