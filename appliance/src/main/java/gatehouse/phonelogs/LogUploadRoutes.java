package gatehouse.phonelogs;

import gatehouse.api.PlainRoutes;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetSocketAddress;

/** PUT of a log into a phone's own folder, as Poly's phones do it. Anything else there looks like what is not there. */
public final class LogUploadRoutes implements PlainRoutes {
    private final PhoneLogs logs;

    public LogUploadRoutes(PhoneLogs logs) {
        this.logs = logs;
    }

    @Override
    public void addTo(HttpRouting.Builder routing) {
        routing.put("/provision/{folder}/{file}", this::put);
    }

    private void put(ServerRequest request, ServerResponse response) throws IOException {
        var path = request.path().pathParameters();
        var folder = path.get("folder");
        var file = path.get("file");
        if (!logs.takes(folder, file)) {
            response.status(Status.NOT_FOUND_404).send();
            return;
        }
        var content = request.content().hasEntity() ? request.content().inputStream().readNBytes(PhoneLogs.LARGEST + 1) : new byte[0];
        switch (logs.put(folder, file, content, address(request))) {
            case KEPT -> response.status(Status.CREATED_201).send();
            case UNKNOWN -> response.status(Status.NOT_FOUND_404).send();
            case TOO_LARGE -> response.status(Status.REQUEST_ENTITY_TOO_LARGE_413).header(HeaderNames.CONNECTION, "close").send();
            case TOO_MANY -> response.status(Status.TOO_MANY_REQUESTS_429).header(HeaderNames.RETRY_AFTER, "60").send();
        }
    }

    private static String address(ServerRequest request) {
        return request.remotePeer().address() instanceof InetSocketAddress peer ? peer.getAddress().getHostAddress() : request.remotePeer().host();
    }
}
