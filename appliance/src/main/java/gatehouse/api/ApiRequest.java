package gatehouse.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.InputStream;
import java.util.Optional;

/** One checked request. Not thread-safe: it belongs to the handler's thread. */
public interface ApiRequest {
    /** A path parameter, decoded. */
    String path(String name);

    Optional<String> query(String name);

    /** The JSON body as the document's schema allows it; an empty object when the operation takes none. Explicit nulls are kept. */
    ObjectNode body();

    /** The body with the schema's defaults where it leaves a field out: for making something new. */
    ObjectNode filledBody();

    /** A header as it came. */
    Optional<String> header(String name);

    /** The body as it comes, for operations that take one that is neither JSON nor a form; no limit but the reader's own, so bound it. The server closes it. */
    InputStream upload();

    /** Who asks. @throws IllegalStateException in an operation that is open to all */
    Caller caller();

    /** The access token it came with; empty where none is needed. */
    String token();

    /** The client's address, for audit and rate limits. */
    String remoteAddress();

    /** The box as the client reached it, scheme and port included: {@code https://192.0.2.1:8887}. */
    String origin();

    /** How many items a list leaves out at its start. */
    default int skip() {
        return query("skip").map(Integer::parseInt).orElse(0);
    }

    /** How many items a list may give, 1 to 100. */
    default int top() {
        return query("top").map(Integer::parseInt).orElse(100);
    }
}
