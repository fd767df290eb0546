package gatehouse.provisioning;

import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.resources.Resource;

/** Where phones find their firmware, over HTTP. */
public final class FirmwareRoutes implements Routes {
    private final Firmware firmware;

    public FirmwareRoutes(Firmware firmware) {
        this.firmware = firmware;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listPhoneFirmware", _ -> Answer.ok(Json.items(firmware.all().stream().map(Resource::json).toList())));
        operations.bind("setPhoneFirmware", request -> Answer.ok(Json.object().put("id", firmware.set(Actor.of(request), request.body()))));
        operations.bind("destroyPhoneFirmware", request -> {
            firmware.delete(Actor.of(request), request.path("id"));
            return Answer.noContent();
        });
    }
}
