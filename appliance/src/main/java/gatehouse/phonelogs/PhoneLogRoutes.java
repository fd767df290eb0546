package gatehouse.phonelogs;

import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;

/** Phones' logs for administrators. */
public final class PhoneLogRoutes implements Routes {
    private final PhoneLogs logs;

    public PhoneLogRoutes(PhoneLogs logs) {
        this.logs = logs;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listPhoneLogs", request -> {
            var all = logs.of(request.path("mac"));
            return Answer.ok(Json.page(all.size(), all.stream().map(log -> Json.object().put("name", log.name()).put("at", Json.time(log.at()))
                    .put("ip", log.address()).put("size", log.size())).toList()));
        });
        operations.bind("showPhoneLog", request -> Answer.download(request.path("name"), "text/plain; charset=utf-8",
                logs.content(request.path("mac"), request.path("name"))));
    }
}
