package gatehouse.blobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;

/** Files over HTTP (contract area file). */
public final class FileRoutes implements Routes {
    private final Files files;

    FileRoutes(Files files) {
        this.files = files;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listFiles", this::list);
        operations.bind("retrieveFileInfo", request -> Answer.ok(json(files.uploaded(request.path("id")))));
        operations.bind("deleteFile", this::delete);
    }

    private Answer list(ApiRequest request) {
        var page = files.page(FileStore.LISTING.query(request));
        return Answer.ok(Json.page(page.count(), page.items().stream().map(FileRoutes::json).toList()));
    }

    private Answer delete(ApiRequest request) {
        files.delete(Actor.of(request), request.path("id"));
        return Answer.noContent();
    }

    static ObjectNode json(StoredFile file) {
        return Json.object().put("id", file.id()).put("name", file.name()).put("size", file.size()).put("media_type", file.mediaType())
                .put("created_at", Json.time(file.createdAt()));
    }
}
