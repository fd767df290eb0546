package gatehouse.music;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.blobs.Files;
import gatehouse.core.Problem;
import gatehouse.music.MusicOnHold.Piece;
import gatehouse.music.MusicOnHold.Pieces;

/** Music on hold over HTTP (contract area moh). */
public final class MusicRoutes implements Routes {
    private final MusicOnHold music;

    public MusicRoutes(MusicOnHold music) {
        this.music = music;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("showMohServer", _ -> Answer.ok(music.settings().json()));
        operations.bind("updateMohServer", request -> {
            music.update(Actor.of(request), request.body());
            return Answer.done();
        });
        operations.bind("createMohMusic", this::create);
        operations.bind("listMohMusics", _ -> list());
        operations.bind("showMohMusic", request -> {
            var one = music.one(request.path("id"));
            return Answer.ok(json(one.pieces().getFirst(), one));
        });
        operations.bind("deleteMohMusic", request -> {
            music.delete(Actor.of(request), request.path("id"));
            return Answer.noContent();
        });
    }

    private Answer create(ApiRequest request) {
        if (!request.body().path("file_id").isTextual()) {
            throw Problem.invalid("file_id", "required", "file_id is missing: upload a WAV file and give its id.").raise();
        }
        return Answer.created(music.create(Actor.of(request), request.body().get("file_id").textValue()));
    }

    private Answer list() {
        var all = music.all();
        var body = Json.object();
        var items = body.putArray("items");
        all.pieces().forEach(piece -> items.add(json(piece, all)));
        return Answer.ok(body);
    }

    private static ObjectNode json(Piece piece, Pieces pieces) {
        return Files.describe(Json.object().put("id", piece.id()), "", pieces.files().get(piece.fileId()));
    }
}
