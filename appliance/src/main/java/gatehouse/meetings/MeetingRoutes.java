package gatehouse.meetings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.blobs.Files;
import gatehouse.blobs.StoredFile;
import gatehouse.core.Problem;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.time.Duration;
import java.util.Map;

/** Conference rooms and meetings over HTTP (contract areas conference and user). */
public final class MeetingRoutes implements Routes {
    private static final Map<String, String> MEETING_WORDS = Map.of("getConferenceRoomStatus", "getUserMeetingStatus", "startRecordingInConferenceRoom",
            "startRecordingMeeting", "stopRecordingInConferenceRoom", "stopRecordingMeeting");
    private static final Listing ROOMS = listing(Meetings.ROOMS);
    private static final Listing MEETINGS = listing(Meetings.MEETINGS);
    private final Meetings meetings;
    private final Users users;
    private final String domain;

    public MeetingRoutes(Meetings meetings, Users users, String domain) {
        this.meetings = meetings;
        this.users = users;
        this.domain = domain;
    }

    private static Listing listing(String table) {
        return Listing.of(table, "created_at, id", Field.text("id", "id"), Field.json("extension_number", Kind.TEXT).asSearched(),
                Field.json("subject", Kind.TEXT).asSearched(), Field.json("mode", Kind.TEXT), Field.json("control", Kind.TEXT),
                Field.json("capacity", Kind.NUMBER), Field.json("enable_recording", Kind.BOOLEAN), Field.json("timezone", Kind.TEXT),
                Field.json("scheduled_start_at", Kind.TEXT), Field.json("scheduled_end_at", Kind.TEXT), Field.time("created_at", "created_at"));
    }

    @Override
    public void addTo(Operations operations) {
        rooms(operations);
        meetings(operations);
        recordings(operations);
    }

    private void rooms(Operations operations) {
        new Crud(meetings.rooms(), ROOMS).shown(room -> json(room, true)).list(operations, "listConferenceRooms").show(operations, "getConferenceRoom")
                .delete(operations, "deleteConferenceRoom");
        operations.bind("createConferenceRoom", request -> Answer.created(meetings.createRoom(Actor.of(request), request.filledBody())));
        operations.bind("updateConferenceRoom", request -> {
            meetings.updateRoom(Actor.of(request), request.path("id"), request.body());
            return Answer.done();
        });
        new LiveOperations(meetings, this::room, this::room).addTo(operations, id -> id);
    }

    private Resource room(ApiRequest request) {
        return meetings.rooms().get(Resources.COMPANY, request.path("id"));
    }

    private void meetings(Operations operations) {
        operations.bind("createMeeting", request -> {
            var meeting = meetings.createMeeting(Actor.of(request), request.caller().userId(), request.filledBody());
            return Answer.ok(meeting.json());
        });
        operations.bind("listUserMeetings", this::visible);
        operations.bind("getMeeting", request -> Answer.ok(own(meetings.visibleTo(request.caller().userId(), request.path("id")), request)));
        operations.bind("updateMeeting", request -> {
            meetings.updateMeeting(Actor.of(request), request.caller().userId(), request.path("id"), request.body());
            return Answer.done();
        });
        operations.bind("deleteMeeting", request -> {
            meetings.deleteMeeting(Actor.of(request), request.caller().userId(), request.path("id"));
            return Answer.noContent();
        });
        var live = new LiveOperations(meetings, request -> meetings.visibleTo(request.caller().userId(), request.path("id")),
                request -> meetings.ownedBy(request.caller().userId(), request.path("id")));
        live.addTo(operations, id -> MEETING_WORDS.getOrDefault(id, id.replace("ConferenceRoom", "Meeting")));
        live.act(operations, "startMeeting", (meeting, _) -> meetings.engine().start(meeting));
        live.act(operations, "stopMeeting", (meeting, _) -> meetings.engine().stop(meeting));
    }

    private Answer visible(ApiRequest request) {
        var user = users.byId(request.caller().userId()).orElseThrow(() -> Problem.notFound("user").raise());
        var page = meetings.visibleTo(user, MEETINGS, MEETINGS.query(request));
        return Answer.ok(Json.page(page.count(), page.items().stream().map(meeting -> own(meeting, request)).toList()));
    }

    /** Who is invited may know how to come in, but not how to take the chair. */
    private ObjectNode own(Resource meeting, ApiRequest request) {
        var ownership = meeting.owner().equals(request.caller().userId());
        return json(meeting, ownership).put("ownership", ownership);
    }

    /** There are no media servers elsewhere that a client could join through: those fields stay null. */
    private ObjectNode json(Resource room, boolean all) {
        var body = room.json().put("created_at", Json.time(room.createdAt())).put("domain", domain).putNull("sbc_host").putNull("sbc_port").putNull("token")
                .put("room_pin", meetings.pin(room, "room_pin").orElse(null)).put("admin_pin", all ? meetings.pin(room, "admin_pin").orElse(null) : null);
        if (!body.has("capacity")) {
            body.put("capacity", Room.USUAL_CAPACITY);
        }
        return body;
    }

    private void recordings(Operations operations) {
        operations.bind("listConferenceRecordings", this::listRecordings);
        operations.bind("deleteConferenceRecording", request -> {
            meetings.deleteRecording(Actor.of(request), request.path("id"), request.path("recording_id"));
            return Answer.noContent();
        });
        operations.bind("setConferenceRecordingRead", request -> setRead(request, true));
        operations.bind("setConferenceRecordingUnRead", request -> setRead(request, false));
    }

    private Answer setRead(ApiRequest request, boolean read) {
        meetings.setRead(request.path("id"), request.path("recording_id"), read);
        return Answer.done();
    }

    private Answer listRecordings(ApiRequest request) {
        var recordings = meetings.recordings(request.path("id"));
        var files = meetings.filesOf(recordings);
        return Answer.ok(Json.page(recordings.size(), recordings.stream().map(recording -> json(recording, files.get(recording.fileId()))).toList()));
    }

    private static ObjectNode json(RoomRecording recording, StoredFile file) {
        return Files.describe(Json.object().put("id", recording.id()).put("answered_at", Json.time(recording.answeredAt()))
                .put("ended_at", Json.time(recording.endedAt()))
                .put("duration", (int) Duration.between(recording.answeredAt(), recording.endedAt()).toSeconds()), "", file);
    }
}
