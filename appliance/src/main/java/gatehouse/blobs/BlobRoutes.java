package gatehouse.blobs;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.blobs.Uploads.Appended;
import gatehouse.blobs.Uploads.Completed;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Uploads and downloads over HTTP (contract area blobs). */
public final class BlobRoutes implements Routes {
    private static final String TOKEN = "PortSIP-Upload-Token";
    private static final String ID = "PortSIP-Upload-ID";
    private static final String RANGE = "Range";
    /** What a browser may show beside our page; all else it may only save. No SVG: it can hold a script. */
    private static final Pattern SHOWN = Pattern.compile("audio/.*|video/.*|image/(png|jpeg|gif|webp)");
    private static final Map<String, String> SAFE = Map.of("X-Content-Type-Options", "nosniff",
            "Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'", "Cross-Origin-Resource-Policy", "same-origin");

    private final Uploads uploads;
    private final FileStore files;
    private final Blobs blobs;

    BlobRoutes(Uploads uploads, FileStore files, Blobs blobs) {
        this.uploads = uploads;
        this.files = files;
        this.blobs = blobs;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("initBlobUpload", this::begin);
        operations.bind("appendBlobUpload", this::append);
        operations.bind("completeBlobUpload", this::complete);
        operations.bind("getBlobUploadStatus", request -> Answer.empty(204, progress(request.path("id"), uploads.received(request.caller(), request.path("id")))));
        operations.bind("deleteBlobUpload", this::destroy);
        operations.bind("downloadBlobs", this::download);
    }

    private Answer begin(ApiRequest request) {
        var begun = uploads.begin(request.caller(), request.query("filename").orElse(""), request.query("temporary").map(Boolean::parseBoolean).orElse(false));
        return withToken(202, begun.id(), begun.token(), 0);
    }

    private static Answer withToken(int status, String id, String token, long received) {
        var headers = progress(id, received);
        headers.put(TOKEN, token);
        return Answer.empty(status, headers);
    }

    /** Where the upload is, and which bytes of it are safe; no range when there are none, since a range has at least one. */
    private static Map<String, String> progress(String id, long received) {
        var headers = new HashMap<String, String>();
        headers.put("Location", "/api/blobs/uploads/" + id);
        headers.put(ID, id);
        if (received > 0) {
            headers.put(RANGE, "0-" + (received - 1));
        }
        return headers;
    }

    private Answer append(ApiRequest request) {
        var id = request.path("id");
        return switch (uploads.append(request.caller(), id, token(request), range(request), body(request))) {
            case Appended.Ok(var received) -> withToken(203, id, token(request), received);
            case Appended.Elsewhere(var received) -> Answer.refused(new Problem(Code.RANGE_NOT_SATISFIABLE, received + " bytes are here; go on from there. "
                    + "Nothing of this body was kept.", Map.of("field", "Content-Range", "rule", "start", "size", received)), progress(id, received));
            case Appended.BrokeOff(var received) -> brokeOff(id, received);
        };
    }

    private static Answer brokeOff(String id, long received) {
        var headers = progress(id, received);
        headers.put("Connection", "close"); // whoever is that slow need not send the rest
        return Answer.refused(Problem.invalid("", "body", "The body broke off or came too slowly. " + received + " bytes are kept: go on from there."), headers);
    }

    private static String token(ApiRequest request) {
        return request.header(TOKEN).orElseThrow(() -> Problem.invalid(TOKEN, "required", "The header " + TOKEN + " is missing.").raise());
    }

    /** Some clients name the bytes in the one header, some in the other. */
    private static Optional<ContentRange> range(ApiRequest request) {
        return request.header("Content-Range").or(() -> request.header(RANGE)).map(text -> ContentRange.parse(text)
                .orElseThrow(() -> Problem.invalid("Content-Range", "pattern", "Content-Range must be such as bytes 0-1023/4096.").raise()));
    }

    private static Uploads.Body body(ApiRequest request) {
        return new Uploads.Body(request.upload(), request.header("Content-Length").filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong)
                .map(OptionalLong::of).orElse(OptionalLong.empty()));
    }

    private Answer complete(ApiRequest request) {
        var claimed = request.query("digest").map(text -> Digest.parse(text).orElseThrow(() -> Problem.invalid("digest", "pattern",
                "digest must be sha256: and 64 hexadecimal digits.").raise()));
        return switch (uploads.complete(request.caller(), request.path("id"), token(request), claimed, body(request))) {
            case Completed.Ok(var file) -> new Answer(0, Map.of("Location", "/api" + file.url()), new Answer.Tree(Json.object().put("id", file.id())));
            case Completed.BrokeOff(var received) -> brokeOff(request.path("id"), received);
        };
    }

    private Answer destroy(ApiRequest request) {
        uploads.destroy(request.caller(), request.path("id"));
        return Answer.noContent();
    }

    private Answer download(ApiRequest request) {
        var digest = Digest.parse(request.path("digest"));
        var type = digest.flatMap(files::mediaType).orElseThrow(() -> Problem.notFound("file").raise());
        var headers = new HashMap<>(SAFE);
        headers.put("Content-Disposition", SHOWN.matcher(type).matches() ? "inline" : "attachment");
        return new Answer(0, headers, new Answer.Stored(blobs.path(digest.get()), type, digest.get().hex()));
    }
}
