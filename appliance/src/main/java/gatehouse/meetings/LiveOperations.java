package gatehouse.meetings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes.Operations;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.meetings.MeetingEngine.Participant;
import gatehouse.resources.Resource;
import java.util.ArrayList;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What can be seen of a room and done in it, for conference rooms and meetings alike; their operations have the same names with another
 * word in them.
 */
final class LiveOperations {
    private final Meetings meetings;
    private final Function<ApiRequest, Resource> seen;
    private final Function<ApiRequest, Resource> held;

    /**
     * @param seen the room of a request that only looks
     * @param held the room of a request that acts; both throw when it may not
     */
    LiveOperations(Meetings meetings, Function<ApiRequest, Resource> seen, Function<ApiRequest, Resource> held) {
        this.meetings = meetings;
        this.seen = seen;
        this.held = held;
    }

    /** @param id an operation's id from its words for a conference room: {@code muteConferenceRoom} */
    void addTo(Operations operations, UnaryOperator<String> id) {
        operations.bind(id.apply("getConferenceRoomStatus"), request -> Answer.ok(status(seen.apply(request))));
        flag(operations, id.apply("muteConferenceRoom"), "muted", true);
        flag(operations, id.apply("unmuteConferenceRoom"), "muted", false);
        flag(operations, id.apply("lockConferenceRoom"), "locked", true);
        flag(operations, id.apply("unlockConferenceRoom"), "locked", false);
        act(operations, id.apply("startRecordingInConferenceRoom"), (room, _) -> meetings.engine().record(room, true));
        act(operations, id.apply("stopRecordingInConferenceRoom"), (room, _) -> meetings.engine().record(room, false));
        operations.bind(id.apply("listConferenceRoomParticipants"), request ->
                Answer.ok(Json.items(meetings.engine().participants(seen.apply(request).id()).stream().map(LiveOperations::json).toList())));
        operations.bind(id.apply("getConferenceRoomParticipant"), request -> Answer.ok(json(participant(seen.apply(request).id(), request.path("participant_id")))));
        act(operations, id.apply("inviteConferenceRoomParticipant"), this::invite);
        act(operations, id.apply("updateConferenceRoomParticipantsLayout"), this::arrange);
        act(operations, id.apply("muteConferenceRoomParticipant"), (room, request) -> meetings.engine().mute(room, request.path("participant_id"), true));
        act(operations, id.apply("unmuteConferenceRoomParticipant"), (room, request) -> meetings.engine().mute(room, request.path("participant_id"), false));
        act(operations, id.apply("transferConferenceRoomOwnership"), (room, request) -> meetings.engine().makeChairman(room, request.path("participant_id")));
        act(operations, id.apply("setConferenceRoomParticipantPosition"), (room, request) ->
                meetings.engine().place(room, request.path("participant_id"), request.body().path("position").asInt(-1)));
        operations.bind(id.apply("kickOutConferenceRoomParticipant"), request -> {
            meetings.engine().kick(held.apply(request).id(), request.path("participant_id"));
            return Answer.noContent();
        });
    }

    void act(Operations operations, String operationId, BiConsumer<String, ApiRequest> what) {
        operations.bind(operationId, request -> {
            what.accept(held.apply(request).id(), request);
            return Answer.done();
        });
    }

    private void flag(Operations operations, String operationId, String flag, boolean on) {
        operations.bind(operationId, request -> {
            meetings.flag(Actor.of(request), held.apply(request), flag, on);
            return Answer.done();
        });
    }

    private ObjectNode status(Resource room) {
        return Json.object().put("status", meetings.engine().status(room.id()).name()).put("locked", room.document().path("locked").asBoolean())
                .put("muted", room.document().path("muted").asBoolean()).put("recording", meetings.engine().recording(room.id()));
    }

    private Participant participant(String roomId, String id) {
        return meetings.engine().participants(roomId).stream().filter(one -> one.id().equals(id)).findFirst()
                .orElseThrow(() -> Problem.notFound("participant").raise());
    }

    private static ObjectNode json(Participant one) {
        return Json.object().put("id", one.id()).put("display_name", one.displayName()).put("muted", one.muted()).put("chairman", one.chairman())
                .put("position", one.position());
    }

    private void invite(String room, ApiRequest request) {
        var number = request.body().path("number").asText("");
        if (!number.matches("\\+?[0-9]{2,32}")) {
            throw Problem.invalid("number", "pattern", "number must be 2 to 32 digits, with or without a + before them.").raise();
        }
        meetings.engine().invite(room, number);
    }

    /** The grid, first place first; whoever is not named is hidden. */
    private void arrange(String room, ApiRequest request) {
        var places = new ArrayList<String>();
        request.body().path("items").forEach(id -> places.add(participant(room, id.asText()).id()));
        meetings.engine().participants(room).forEach(one -> meetings.engine().place(room, one.id(), places.indexOf(one.id())));
    }
}
