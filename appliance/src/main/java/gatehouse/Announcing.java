package gatehouse;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.SocketRoutes;
import gatehouse.company.Company;
import gatehouse.company.CompanyEvent;
import gatehouse.core.Timers;
import gatehouse.live.LiveRoutes;
import gatehouse.remote.RemoteApi;
import gatehouse.resources.Keeping;
import gatehouse.signin.SignIns;
import gatehouse.topics.TopicRoutes;
import gatehouse.webhooks.Hook;
import gatehouse.webhooks.WebhookStore;
import gatehouse.webhooks.Webhooks;
import java.net.InetAddress;
import java.util.List;

/** The parts of {@link Gatehouse} that tell others what happens: the page, subscribers, the company's own programs. */
final class Announcing implements AutoCloseable {
    private final RemoteApi remote = new RemoteApi(); // its own, so that what is on its way can be broken off before the API ends
    private final Webhooks webhooks;
    private final LiveRoutes live;
    private final TopicRoutes topics;

    /** @param bind where the box listens */
    Announcing(Keeping keeping, TopicRoutes.Parts state, Company company, SignIns signIns, Timers timers, InetAddress bind) {
        webhooks = new Webhooks(new WebhookStore(keeping.store()), new Webhooks.Parts(company::withSecrets, remote, keeping.events(), timers, keeping.clock(), keeping.ids(),
                task -> Thread.ofVirtual().name("webhook").start(task)), bind.isLoopbackAddress());
        keeping.events().on(CompanyEvent.Updated.class, _ -> webhooks.changed());
        live = new LiveRoutes(keeping.events(), state.users(), signIns::caller, keeping.clock());
        topics = new TopicRoutes(state, signIns, () -> company.settings().id(), new Hooks(webhooks), keeping.events(), keeping.clock());
    }

    private record Hooks(Webhooks webhooks) implements TopicRoutes.Follower {
        private static Hook hook(Kind kind) {
            return switch (kind) {
                case CALLS -> Hook.CDR;
                case EXTENSIONS -> Hook.EXTENSION;
            };
        }

        @Override
        public boolean wants(Kind kind) {
            return webhooks.wants(hook(kind));
        }

        @Override
        public void hear(Kind kind, ObjectNode body) {
            webhooks.tell(hook(kind), body);
        }
    }

    LiveRoutes live() {
        return live;
    }

    List<SocketRoutes> sockets() {
        return List.of(topics);
    }

    /** Takes up what the last run left. */
    void start() {
        webhooks.start();
    }

    @Override
    public void close() {
        live.close();
        webhooks.stop();
        remote.close();
        webhooks.close();
    }
}
