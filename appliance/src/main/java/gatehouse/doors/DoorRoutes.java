package gatehouse.doors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.doors.Doors.Door;

/** Doors over HTTP. */
public final class DoorRoutes implements Routes {
    private final Doors doors;

    public DoorRoutes(Doors doors) {
        this.doors = doors;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listDoors", this::list);
        operations.bind("openDoor", this::open);
    }

    private Answer list(ApiRequest request) {
        var all = doors.all();
        return Answer.ok(Json.page(all.size(), all.stream().skip(request.skip()).limit(request.top()).map(DoorRoutes::json).toList()));
    }

    private Answer open(ApiRequest request) {
        doors.open(request.path("id"), Actor.of(request));
        return Answer.done();
    }

    private static ObjectNode json(Door door) {
        return Json.object().put("id", door.id()).put("name", door.name()).put("relay", door.id()).put("energised", door.energised())
                .put("opened_at", Json.time(door.openedAt().orElse(null))).put("opened_by", door.openedBy().orElse(null));
    }
}
