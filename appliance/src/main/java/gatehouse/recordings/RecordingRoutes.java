package gatehouse.recordings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.blobs.Files;
import gatehouse.listing.Page;

/** Recordings over HTTP: the company's and one's own (contract areas recording, user). */
public final class RecordingRoutes implements Routes {
    private final Recordings recordings;

    public RecordingRoutes(Recordings recordings) {
        this.recordings = recordings;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listRecordings", request -> list(recordings.page(RecordingStore.LISTING.query(request))));
        operations.bind("showRecording", request -> show(recordings.show(request.path("id"))));
        operations.bind("deleteRecording", request -> {
            recordings.delete(Actor.of(request), request.path("id"));
            return Answer.noContent();
        });
        operations.bind("listUserRecordings", request -> list(recordings.pageOf(request.caller().userId(), RecordingStore.OWN.query(request))));
        operations.bind("getUserRecording", request -> show(recordings.showOf(request.caller().userId(), request.path("id"))));
        operations.bind("deleteUserRecording", request -> {
            recordings.deleteOf(request.caller().userId(), Actor.of(request), request.path("id"));
            return Answer.noContent();
        });
    }

    private static Answer list(Page<Recording> page) {
        return Answer.ok(Json.page(page.count(), page.items().stream().map(RecordingRoutes::json).toList()));
    }

    private static ObjectNode json(Recording recording) {
        return Json.object().put("id", recording.id()).put("caller", recording.caller()).put("callee", recording.callee())
                .put("started_at", Json.time(recording.startedAt())).put("ended_at", Json.time(recording.endedAt()));
    }

    private static Answer show(Recordings.Shown shown) {
        var body = Json.object();
        var items = body.putArray("items");
        for (var track : shown.tracks()) {
            var item = Json.object().put("caller", track.caller()).put("callee", track.callee()).put("started_at", Json.time(track.startedAt()))
                    .put("ended_at", Json.time(track.endedAt())).put("duration", track.duration().toSeconds());
            items.add(Files.describe(item, "", shown.files().get(track.fileId())));
        }
        return Answer.ok(body);
    }
}
