package gatehouse.doors;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.doors.Doors.Door;
import gatehouse.listing.MemoryListing;
import gatehouse.listing.Value;

/** Doors over HTTP. */
public final class DoorRoutes implements Routes {
    private static final MemoryListing<Door> LISTING = MemoryListing.of(Value.searchedText("id", Door::id), Value.searchedText("name", Door::name),
            Value.text("relay", Door::id), Value.bool("energised", Door::energised), Value.time("opened_at", door -> door.openedAt().orElse(null)),
            Value.searchedText("opened_by", door -> door.openedBy().orElse(null)));

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
        var page = LISTING.page(LISTING.query(request), doors.all());
        return Answer.ok(Json.page(page.count(), page.map(DoorRoutes::json).items()));
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
