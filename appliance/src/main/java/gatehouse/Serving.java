package gatehouse;

import gatehouse.api.Routes;
import gatehouse.console.Command;
import gatehouse.contacts.Contacts;
import gatehouse.core.Timers;
import gatehouse.hotdesking.HotDesks;
import gatehouse.phonebooks.Phonebooks;
import gatehouse.phones.Fetches;
import gatehouse.phones.Phones;
import gatehouse.provisioning.Firmware;
import gatehouse.provisioning.FirmwareRoutes;
import gatehouse.provisioning.Masks;
import gatehouse.provisioning.PreviewCommands;
import gatehouse.provisioning.PreviewRoutes;
import gatehouse.provisioning.Previews;
import gatehouse.provisioning.Provisioning;
import gatehouse.provisioning.Rendering;
import gatehouse.provisioning.ServedFiles;
import gatehouse.provisioning.ServedStore;
import gatehouse.resources.Keeping;
import gatehouse.users.Users;
import java.util.List;

/** The parts of {@link Gatehouse} that make phones' files and tell what will be in them, built in its order. */
final class Serving implements AutoCloseable {
    private final Firmware firmware;
    private final ServedFiles served;
    private final Provisioning provisioning;
    private final Previews previews;
    private final Phonebooks phonebooks;
    private final String domain;
    private final Provisioning.Ports ports;

    Serving(Keeping keeping, Phones phones, HotDesks desks, Users users, Contacts contacts, Fetches fetches, Identifying identifying,
            Config config, Timers timers) {
        ports = new Provisioning.Ports(config.sipPort(), config.sipsPort(), config.httpPort(), config.phonesHttpsPort());
        domain = config.domain();
        firmware = new Firmware(keeping, phones.templates());
        var rendering = new Rendering(phones, desks, identifying.bases(), users, identifying.sipSecrets()::of, firmware, ports, domain);
        var masks = new Masks(keeping.sealer().derive("served files"));
        served = new ServedFiles(new ServedStore(keeping.store()), timers, keeping.clock());
        provisioning = new Provisioning(rendering, masks, served, fetches, identifying.identities(), identifying.sipSecrets()::renew, keeping.events(),
                keeping.clock());
        phonebooks = new Phonebooks(provisioning, contacts, users, ports);
        previews = new Previews(phones, rendering, masks, served);
    }

    Provisioning provisioning() {
        return provisioning;
    }

    Provisioning.Ports ports() {
        return ports;
    }

    Phonebooks phonebooks() {
        return phonebooks;
    }

    List<Routes> routes() {
        return List.of(new PreviewRoutes(previews), new FirmwareRoutes(firmware));
    }

    List<Command> commands() {
        return PreviewCommands.of(previews, domain);
    }

    @Override
    public void close() {
        served.close();
    }
}
