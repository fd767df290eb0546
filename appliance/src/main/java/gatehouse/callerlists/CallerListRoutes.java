package gatehouse.callerlists;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.hunting.Group;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.users.User;
import java.util.ArrayList;
import java.util.List;

/** VIP, exclusive and blacklisted numbers over HTTP (contract area call-queue). */
public final class CallerListRoutes implements Routes {
    private static final String[] PLACE = {"longitude", "latitude", "address"};

    private final CallerLists lists;
    private final ExclusiveAgents exclusive;
    private final BlacklistPrompts prompts;

    public CallerListRoutes(CallerLists lists, ExclusiveAgents exclusive, BlacklistPrompts prompts) {
        this.lists = lists;
        this.exclusive = exclusive;
        this.prompts = prompts;
    }

    @Override
    public void addTo(Operations operations) {
        list(operations, lists.exclusive(), listing(CallerLists.EXCLUSIVE), "createExclusiveNumber", "updateExclusiveNumber")
                .list(operations, "listExclusiveNumbers").show(operations, "showExclusiveNumber").delete(operations, "deleteExclusiveNumber")
                .export(operations, "exportExclusiveNumbers", "exclusive_numbers.csv", "number", "enabled", "description", "created_at");
        list(operations, lists.vip(), placed(CallerLists.VIP), "CreateVipNumber", "updateVipNumber")
                .list(operations, "listVipNumbers").show(operations, "showVipNumber").delete(operations, "deleteVipNumber")
                .export(operations, "exportVipNumbers", "vip_numbers.csv", "number", "longitude", "latitude", "address", "expire_at", "enabled",
                        "description", "created_at", "updated_at");
        list(operations, lists.blacklist(), placed(CallerLists.BLACKLIST, Field.json("level", Kind.TEXT), Field.json("trigger_times", Kind.NUMBER)),
                "createQueueBlacklistedNumber", "updateQueueBlacklistedNumber")
                .list(operations, "listQueueBlacklistedNumbers").show(operations, "showQueueBlacklistedNumber")
                .delete(operations, "deleteQueueBlacklistedNumber")
                .export(operations, "exportQueueBlacklistedNumbers", "blacklisted_numbers.csv", "number", "level", "longitude", "latitude", "address",
                        "expire_at", "trigger_times", "enabled", "description", "created_at", "updated_at");
        exclusiveAgents(operations);
        operations.bind("getCallQueueBlacklistPrompts", _ -> Answer.ok(prompts.show()));
        operations.bind("updateCallQueueBlacklistPrompts", request -> {
            prompts.update(Actor.of(request), request.body());
            return Answer.done();
        });
    }

    /** What all three lists do alike. */
    private Crud list(Operations operations, Resources list, Listing listing, String create, String update) {
        operations.bind(create, request -> Answer.created(lists.create(list, Actor.of(request), request.filledBody())));
        operations.bind(update, request -> {
            lists.update(list, Actor.of(request), request.path("id"), request.body());
            return Answer.done();
        });
        return new Crud(list, listing).shown(CallerListRoutes::json);
    }

    private static Listing listing(String table, Field... more) {
        var fields = new ArrayList<>(List.of(Field.text("id", "id"), Field.json("number", Kind.TEXT).asSearched(), Field.json("enabled", Kind.BOOLEAN),
                Field.json("description", Kind.TEXT).asSearched(), Field.time("created_at", "created_at")));
        fields.addAll(List.of(more));
        return Listing.of(table, "created_at, id", fields.toArray(Field[]::new));
    }

    private static Listing placed(String table, Field... more) {
        var fields = new ArrayList<>(List.of(Field.time("updated_at", "updated_at"),
                Field.time("expire_at", "unixepoch(json_extract(document, '$.expire_at')) * 1000")));
        for (var field : PLACE) {
            fields.add(Field.json(field, Kind.TEXT).asSearched());
        }
        fields.addAll(List.of(more));
        return listing(table, fields.toArray(Field[]::new));
    }

    private static ObjectNode json(Resource entry) {
        return entry.json().put("created_at", Json.time(entry.createdAt())).put("updated_at", Json.time(entry.updatedAt()));
    }

    private void exclusiveAgents(Operations operations) {
        operations.bind("listExclusiveNumberCallQueues", request ->
                Answer.ok(Json.items(exclusive.queues(request.path("id")).stream().map(Group::json).toList())));
        operations.bind("listAgentsOfExclusiveNumberInQueue", request -> Answer.ok(Json.items(agents(request).stream().map(CallerListRoutes::json).toList())));
        operations.bind("setAgentsForExclusiveNumber", request -> {
            if (request.body().has("items")) {
                exclusive.replace(Actor.of(request), request.path("id"), request.path("queue_id"), request.body().get("items"));
            } else {
                agents(request); // both must be there, even when nothing changes
            }
            return Answer.done();
        });
        operations.bind("removeAllAgentsOfQueueForExclusiveNumber", request -> {
            exclusive.clear(Actor.of(request), request.path("id"), request.path("queue_id"));
            return Answer.noContent();
        });
    }

    private List<User> agents(ApiRequest request) {
        return exclusive.agents(request.path("id"), request.path("queue_id"));
    }

    private static ObjectNode json(User agent) {
        return Json.object().put("id", agent.id()).put("name", agent.name()).put("display_name", agent.displayName())
                .put("extension_number", agent.extensionNumber().orElse(null));
    }
}
