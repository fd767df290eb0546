package gatehouse.audit;

import gatehouse.api.ApiRequest;

/**
 * Who acts.
 *
 * @param name   a user name, or the part of the box that acts by itself
 * @param source {@code API}, {@code CONSOLE} or {@code CALL}
 * @param ip     the address it came from; empty where there is none
 */
public record Actor(String name, String source, String ip) {
    public static Actor of(ApiRequest request) {
        return new Actor(request.caller().name(), "API", request.remoteAddress());
    }
}
