package gatehouse.api;

import io.helidon.webserver.http.HttpRouting;

/** Routes outside the API, on the HTTP and the HTTPS port: files for phones. They check what they need themselves. */
public interface PlainRoutes {
    void addTo(HttpRouting.Builder routing);
}
