package gatehouse.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.core.Problem;
import java.lang.System.Logger.Level;

/** What a phone will get, over HTTP. */
public final class PreviewRoutes implements Routes {
    private static final System.Logger LOG = System.getLogger(PreviewRoutes.class.getName());
    private static final String SEES_SECRETS = "user_management.users"; // who may give phones may read the address of their files anyway

    private final Previews previews;

    public PreviewRoutes(Previews previews) {
        this.previews = previews;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("showPhonePreview", this::show);
    }

    private Answer show(ApiRequest request) {
        var reveal = request.query("reveal").map(Boolean::parseBoolean).orElse(false);
        if (reveal && !request.caller().may(SEES_SECRETS)) {
            throw Problem.of(Problem.Code.FORBIDDEN, "Your role may see what a phone will get, but not its passwords. Ask without reveal.").raise();
        }
        var preview = previews.of(request.path("mac"), request.origin().replaceAll("^https?://", "").replaceAll(":\\d+$", ""), reveal);
        if (reveal) {
            LOG.log(Level.INFO, request.caller().name() + " read the files of the phone " + preview.phone().mac() + " with their passwords");
        }
        return Answer.ok(json(preview));
    }

    private ObjectNode json(Preview preview) {
        var body = Json.object().put("mac", preview.phone().mac()).put("filename", preview.phone().template()).put("vendor", preview.phone().vendor())
                .put("model", preview.phone().model()).put("effect", preview.effect().name()).put("problem", preview.problem().orElse(null));
        var because = body.putArray("because");
        preview.because().forEach(because::add);
        var files = body.putArray("files");
        for (var file : preview.files()) {
            var diff = files.addObject().put("name", file.name()).put("content_type", file.contentType().isEmpty() ? null : file.contentType())
                    .put("standing", file.standing().name()).put("fetched_at", file.fetchedAt().map(Json::time).orElse(null))
                    .put("text", file.standing() == Preview.Standing.GONE ? null : file.text()).putArray("diff");
            file.diff().forEach(diff::add);
        }
        return body;
    }
}
