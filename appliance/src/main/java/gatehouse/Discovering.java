package gatehouse;

import gatehouse.api.PlainRoutes;
import gatehouse.api.Routes;
import gatehouse.console.Command;
import gatehouse.core.AddressFilter;
import gatehouse.core.Timers;
import gatehouse.discovery.AdoptionStore;
import gatehouse.discovery.Discovery;
import gatehouse.discovery.DiscoveryCommands;
import gatehouse.discovery.DiscoveryRoutes;
import gatehouse.discovery.KnownPhones;
import gatehouse.discovery.LadderStore;
import gatehouse.discovery.Ladders;
import gatehouse.pnp.Place;
import gatehouse.pnp.PnpListener;
import gatehouse.provisioning.Provisioning;
import gatehouse.provisioning.ProvisioningRoutes;
import gatehouse.resources.Keeping;
import java.util.List;

/** The parts of {@link Gatehouse} by which phones find their files, built in its order. */
final class Discovering implements AutoCloseable {
    private final Ladders ladders;
    private final Discovery discovery;
    private final DiscoveryRoutes routes;
    private final PnpListener pnp;

    Discovering(Keeping keeping, KnownPhones phones, Provisioning provisioning, Provisioning.Ports ports, Config config, AddressFilter addresses,
                Timers timers) {
        var places = config.discovery().pnp();
        ladders = new Ladders(new LadderStore(keeping.store()), phones::has, timers, keeping.clock());
        discovery = new Discovery(keeping, phones, ladders, new AdoptionStore(keeping.store()), provisioning, ports, !places.isEmpty(), keeping.clock());
        routes = new DiscoveryRoutes(discovery, places.stream().map(Place::networkInterface).toList());
        pnp = new PnpListener(places, discovery::heard, addresses, keeping.ids(), System::nanoTime);
    }

    List<Routes> routes() {
        return List.of(routes);
    }

    /** Files for phones. */
    List<PlainRoutes> files() {
        return List.of(new ProvisioningRoutes(discovery.starter()::fetch));
    }

    List<Command> commands() {
        return DiscoveryCommands.of(discovery);
    }

    /** @throws IllegalStateException when it cannot listen; the message says where */
    void start() {
        pnp.start();
    }

    @Override
    public void close() {
        pnp.close();
        ladders.close();
    }
}
