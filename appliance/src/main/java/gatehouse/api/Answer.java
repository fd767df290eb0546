package gatehouse.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import gatehouse.core.Problem;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What goes back. Its status is the one that the operation's document names, unless the handler chooses another; a JSON body gets the form
 * of the document too (see {@link Shape}): fields that are absent become null, fields that the document lacks are left out.
 *
 * @param status 0 for the document's own
 */
public record Answer(int status, Map<String, String> headers, Content content) {
    /** What the body is. */
    public sealed interface Content { }

    /** Nothing. */
    public record Empty() implements Content { }

    /** JSON in UTF-8. */
    public record Tree(JsonNode body) implements Content { }

    /** Anything else, held whole in memory: small files. */
    public record Bytes(String contentType, byte[] bytes) implements Content { }

    /**
     * A file on disk, sent piece by piece: whole, in part or by its headers alone, as the request asks (RFC 9110 13, 14). A file that is gone
     * by then is a 404.
     *
     * @param etag changes with the content; without quotes
     */
    public record Stored(Path file, String contentType, String etag) implements Content { }

    /** A refusal that needs headers of its own; others are thrown. */
    public record Refusal(Problem problem) implements Content { }

    public static Answer ok(JsonNode body) {
        return new Answer(0, Map.of(), new Tree(body));
    }

    /** An empty object, for acts that tell nothing. */
    public static Answer done() {
        return ok(JsonNodeFactory.instance.objectNode());
    }

    public static Answer created(String id) {
        return ok(JsonNodeFactory.instance.objectNode().put("id", id));
    }

    public static Answer noContent() {
        return new Answer(204, Map.of(), new Empty());
    }

    /** Headers alone. */
    public static Answer empty(int status, Map<String, String> headers) {
        return new Answer(status, headers, new Empty());
    }

    /** Refuses as {@link Problem#raise} does, with headers beside it. */
    public static Answer refused(Problem problem, Map<String, String> headers) {
        return new Answer(0, headers, new Refusal(problem));
    }

    /** A file to save under {@code name}. */
    public static Answer download(String name, String contentType, byte[] bytes) {
        return new Answer(0, Map.of("Content-Disposition", "attachment; filename=\"" + name.replaceAll("[^A-Za-z0-9._ -]", "_") + "\""),
                new Bytes(contentType, bytes));
    }

    /** A table as CSV (RFC 4180, UTF-8, with a header line). */
    public static Answer csv(String name, List<String> header, List<List<String>> rows) {
        return download(name, "text/csv; charset=utf-8", Csv.text(header, rows).getBytes(StandardCharsets.UTF_8));
    }
}
