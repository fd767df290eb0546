package gatehouse.media;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** {@link Media} with plain NIO: few loops, each call's legs on one of them (docs/decisions/001-rtp-relay.md). */
public final class NioMedia implements Media {
    private static final System.Logger LOG = System.getLogger(NioMedia.class.getName());
    private static final String EVENTS = "0123456789*#ABCD"; // RFC 4733 table 3, events 0 to 15
    private static final InetAddress BROADCAST = InetAddress.ofLiteral("255.255.255.255");
    private static final int DIGITS_WAITING = 1024; // nobody types that fast; a flood is dropped

    private record Pressed(DigitListener listener, Leg leg, char digit) { }

    private final PortPool ports;
    private final RandomGenerator random;
    private final List<MediaLoop> loops;
    private final AtomicInteger turn = new AtomicInteger();
    private final ArrayBlockingQueue<Pressed> pressed = new ArrayBlockingQueue<>(DIGITS_WAITING);
    private final Thread digits = Thread.ofPlatform().name("digits").daemon().unstarted(this::deliverDigits);

    /** @param first,last the UDP port range, inclusive */
    public NioMedia(InetAddress bind, int first, int last, RandomGenerator random) {
        this(bind, first, last, random, DatagramChannel::open);
    }

    NioMedia(InetAddress bind, int first, int last, RandomGenerator random, PortPool.Opener opener) {
        this.ports = new PortPool(bind, first, last, random, opener);
        this.random = random;
        var count = Runtime.getRuntime().availableProcessors() < 4 ? 1 : 2;
        loops = IntStream.rangeClosed(1, count).mapToObj(n -> new MediaLoop("media-" + n)).toList();
        loops.forEach(MediaLoop::start);
        digits.start();
    }

    @Override
    public RtpRelay relay(DigitListener listener) {
        var loop = loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
        var caller = ports.take();
        PortPool.Pair callee;
        try {
            callee = ports.take();
        } catch (PortsExhausted e) {
            ports.close(caller);
            throw e;
        }
        var relay = new Relay(loop, listener, caller, callee);
        try {
            relay.open();
        } catch (IOException e) {
            relay.close();
            throw new PortsExhausted("No more media sockets can be watched: " + e.getMessage());
        }
        return relay;
    }

    private void deliverDigits() {
        try {
            while (true) {
                var next = pressed.take();
                try {
                    next.listener.pressed(next.leg, next.digit);
                } catch (RuntimeException e) {
                    LOG.log(Level.ERROR, "A digit listener failed", e);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public MediaCounters counters() {
        return new MediaCounters(sum(loop -> loop.forwarded), sum(loop -> loop.noRoute), sum(loop -> loop.notRtp), sum(loop -> loop.foreign),
                sum(loop -> loop.tooLarge), 2 * ports.inUse(), 2 * ports.total());
    }

    private long sum(java.util.function.ToLongFunction<MediaLoop> counter) {
        return loops.stream().mapToLong(counter).sum();
    }

    /** For the test that asserts that they allocate nothing. */
    List<Long> loopThreads() {
        return loops.stream().map(MediaLoop::threadId).toList();
    }

    @Override
    public void close() {
        digits.interrupt();
        loops.forEach(MediaLoop::close);
    }

    /** Control belongs to the call's owner; the ports belong to the loop. */
    private final class Relay implements RtpRelay {
        private final MediaLoop loop;
        private final Map<Leg, PortPool.Pair> pairs = new EnumMap<>(Leg.class);
        private final Map<Leg, MediaPort> rtp = new EnumMap<>(Leg.class);
        private final Map<Leg, MediaPort> rtcp = new EnumMap<>(Leg.class);
        private final Map<Leg, Rewriting> towards = new EnumMap<>(Leg.class);
        private final Map<Leg, Integer> eventTypes = new EnumMap<>(Map.of(Leg.CALLER, 0, Leg.CALLEE, 0));
        private boolean closed;

        Relay(MediaLoop loop, DigitListener listener, PortPool.Pair caller, PortPool.Pair callee) {
            this.loop = loop;
            pairs.put(Leg.CALLER, caller);
            pairs.put(Leg.CALLEE, callee);
            for (var leg : Leg.values()) {
                rtp.put(leg, new MediaPort(pairs.get(leg).rtp(), true, event -> press(listener, leg, event)));
                rtcp.put(leg, new MediaPort(pairs.get(leg).rtcp(), false, _ -> { }));
                towards.put(leg, new Rewriting(random.nextLong(1L << 31, 1L << 53)));
            }
            for (var ofBoth : List.of(rtp, rtcp)) {
                ofBoth.get(Leg.CALLER).other = ofBoth.get(Leg.CALLEE);
                ofBoth.get(Leg.CALLEE).other = ofBoth.get(Leg.CALLER);
            }
        }

        void open() throws IOException {
            for (var leg : Leg.values()) {
                loop.add(rtp.get(leg));
                loop.add(rtcp.get(leg));
            }
        }

        private void press(DigitListener listener, Leg leg, int event) {
            if (event < EVENTS.length() && !pressed.offer(new Pressed(listener, leg, EVENTS.charAt(event)))) {
                LOG.log(Level.WARNING, "More digits arrive than can be heard; some are dropped");
            }
        }

        @Override
        public String pass(Leg from, String sessionDescription, InetAddress advertised) throws SdpException {
            var given = SessionDescription.parse(sessionDescription);
            var audio = given.audio().orElseThrow(() -> new SdpException("There is no audio over plain RTP in it"));
            var address = reachable(given.address(audio));
            var rtcpAddress = reachable(given.rtcpAddress(audio));
            eventTypes.put(from, audio.telephoneEvents().stream().mapToInt(MediaPort.Route::bit).reduce(0, (a, b) -> a | b));
            // A phone sends with the number that the other one declared (RFC 3264 5.1); those that use their own are heard too.
            var events = eventTypes.get(from) | eventTypes.get(from.other());
            rtp.get(from).route = rtp.get(from).route.next(address, events);
            rtcp.get(from).route = rtcp.get(from).route.next(rtcpAddress, 0);
            rtp.get(from.other()).route = rtp.get(from.other()).route.with(events);
            return towards.get(from.other()).apply(given, audio, advertised, pairs.get(from.other()).port()).text();
        }

        @Override
        public String own(Leg to, String like, InetAddress advertised) throws SdpException {
            var given = SessionDescription.parse(like);
            var audio = given.audio().orElseThrow(() -> new SdpException("There is no audio over plain RTP in it"));
            return towards.get(to).apply(given, audio, advertised, pairs.get(to).port()).text();
        }

        @Override
        public void goOn(Leg to, RtpRelay before, Leg then) {
            towards.put(to, ((Relay) before).towards.get(then));
        }

        /** Null for hold. Groups and our own ports are refused: RTP has no hop count, so what comes back goes round for ever. */
        private InetSocketAddress reachable(InetSocketAddress address) throws SdpException {
            if (address.getAddress().isAnyLocalAddress() || address.getPort() == 0) {
                return null;
            }
            if (address.getAddress().isMulticastAddress() || address.getAddress().equals(BROADCAST) || ports.owns(address)) {
                throw new SdpException("Media cannot be sent to " + address.getAddress().getHostAddress() + " port " + address.getPort());
            }
            return address;
        }

        @Override
        public long packets(Leg leg) {
            return rtp.get(leg).forwarded;
        }

        @Override
        public void close() {
            if (closed) {
                return;
            }
            closed = true;
            for (var leg : Leg.values()) {
                loop.remove(rtp.get(leg));
                loop.remove(rtcp.get(leg));
            }
            loop.onceClosed(() -> pairs.values().forEach(ports::close));
        }
    }
}
