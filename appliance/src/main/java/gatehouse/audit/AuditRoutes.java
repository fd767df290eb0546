package gatehouse.audit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;

/** The audit log over HTTP. */
public final class AuditRoutes implements Routes {
    private final AuditStore store;
    private final EventLogStore events;

    public AuditRoutes(AuditStore store, EventLogStore events) {
        this.store = store;
        this.events = events;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listAuditLogs", this::list);
        operations.bind("listEventLogs", this::events);
    }

    private Answer list(ApiRequest request) {
        var page = store.page(AuditStore.LISTING.query(request));
        return Answer.ok(Json.page(page.count(), page.items().stream().map(AuditRoutes::json).toList()));
    }

    private Answer events(ApiRequest request) {
        var page = events.page(EventLogStore.LISTING.query(request));
        return Answer.ok(Json.page(page.count(), page.items().stream().map(entry -> Json.object().put("id", entry.id())
                .put("created_at", Json.time(entry.createdAt())).put("level", entry.level().name()).put("source", entry.source())
                .put("message", entry.message())).toList()));
    }

    private static ObjectNode json(AuditEntry entry) {
        return Json.object().put("id", entry.id()).put("created_at", Json.time(entry.createdAt())).put("source", entry.actor().source())
                .put("ip", entry.actor().ip()).put("action", entry.action()).put("object_type", entry.objectType())
                .put("user_name", entry.actor().name()).put("object_name", entry.objectName()).put("old_state", entry.oldState())
                .put("new_state", entry.newState());
    }
}
