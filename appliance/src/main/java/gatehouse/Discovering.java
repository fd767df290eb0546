package gatehouse;

import gatehouse.api.PlainRoutes;
import gatehouse.api.Routes;
import gatehouse.console.Command;
import gatehouse.core.AddressFilter;
import gatehouse.core.Timers;
import gatehouse.dect.DectPhones;
import gatehouse.discovery.Adopting;
import gatehouse.discovery.Discovery;
import gatehouse.discovery.DiscoveryCommands;
import gatehouse.discovery.DiscoveryRoutes;
import gatehouse.discovery.KnownPhones;
import gatehouse.discovery.LadderStore;
import gatehouse.discovery.Ladders;
import gatehouse.hotdesking.HotDesks;
import gatehouse.identity.Identities;
import gatehouse.phonelogs.LogUploadRoutes;
import gatehouse.phonelogs.PhoneLogRoutes;
import gatehouse.phonelogs.PhoneLogStore;
import gatehouse.phonelogs.PhoneLogs;
import gatehouse.pnp.Place;
import gatehouse.pnp.PnpListener;
import gatehouse.provisioning.ProvisioningRoutes;
import gatehouse.redirection.RedirectionRoutes;
import gatehouse.redirection.RedirectionStore;
import gatehouse.redirection.Redirections;
import gatehouse.remote.RemoteApi;
import gatehouse.resources.Keeping;
import gatehouse.resources.ResourceEvent;
import gatehouse.tftp.TftpFiles;
import gatehouse.tftp.TftpServer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The parts of {@link Gatehouse} by which phones find their files, built in its order. */
final class Discovering implements AutoCloseable {
    private static final Duration TFTP_PATIENCE = Duration.ofSeconds(1);

    private final Serving serving;
    private final Ladders ladders;
    private final Discovery discovery;
    private final DiscoveryRoutes routes;
    private final PhoneLogs logs;
    private final PnpListener pnp;
    private final Redirections redirections;
    private final Optional<TftpServer> tftp;

    Discovering(Keeping keeping, KnownPhones phones, Identities identities, Adopting adopting, Serving serving, Config config, AddressFilter addresses, Timers timers,
                RemoteApi remote) {
        this.serving = serving;
        var places = config.discovery().pnp();
        ladders = new Ladders(new LadderStore(keeping.store()), phones::has, timers, keeping.clock());
        discovery = new Discovery(keeping, phones, ladders, identities, adopting, serving.provisioning(), serving.ports(), !places.isEmpty());
        routes = new DiscoveryRoutes(discovery, places.stream().map(Place::networkInterface).toList());
        logs = new PhoneLogs(new PhoneLogStore(keeping.store()), phones::inFolder, phones::byMac, keeping.events(), keeping.clock(), System::nanoTime);
        tftp = Optional.of(config.discovery().tftpPort()).filter(port -> port != 0).map(port -> new TftpServer(config.bind(), port, tftpFiles(), addresses,
                TFTP_PATIENCE));
        redirections = new Redirections(keeping, new RedirectionStore(keeping.store()), new Redirections.Parts(phones::all, phones::template, config.httpPort(),
                config.phonesHttpsPort(), remote, timers, task -> Thread.ofVirtual().name("redirection").start(task)));
        keeping.events().on(ResourceEvent.class, event -> {
            if (event.table().equals(HotDesks.TABLE) || event.table().equals(DectPhones.TABLE)) { // phones that are nobody's
                redirections.look();
            }
        });
        pnp = new PnpListener(places, discovery::heard, addresses, keeping.ids(), System::nanoTime);
    }

    private TftpFiles tftpFiles() {
        return new TftpFiles() {
            @Override
            public Optional<byte[]> read(String name, String address, String boxAddress) {
                return discovery.tftp(name, address, boxAddress);
            }

            @Override
            public boolean answers(String address) {
                return discovery.answersTftp(address);
            }
        };
    }

    List<Routes> routes() {
        return Stream.concat(serving.routes().stream(), Stream.of(routes, new PhoneLogRoutes(logs), new RedirectionRoutes(redirections))).toList();
    }

    /** Turns away a phone that is nobody's. @return whether it was there */
    boolean dismiss(String mac) {
        return ladders.dismiss(mac);
    }

    /** Files for phones. */
    List<PlainRoutes> files() {
        return List.of(new LogUploadRoutes(logs), new ProvisioningRoutes(discovery.starter()::fetch, serving.phonebooks()));
    }

    List<Command> commands() {
        return Stream.concat(serving.commands().stream(), DiscoveryCommands.of(discovery).stream()).toList();
    }

    /** @throws IllegalStateException when it cannot listen; the message says where */
    void start() {
        pnp.start();
        tftp.ifPresent(TftpServer::start);
        redirections.start();
    }

    @Override
    public void close() {
        redirections.close();
        tftp.ifPresent(TftpServer::close);
        pnp.close();
        ladders.close();
    }
}
