package gatehouse.featurecodes;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problems;
import java.util.ArrayList;
import java.util.HashMap;

/** Feature access codes over HTTP (contract area feature-access-code). */
public final class FeatureCodeRoutes implements Routes {
    private final FeatureCodes codes;

    public FeatureCodeRoutes(FeatureCodes codes) {
        this.codes = codes;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listFACs", _ -> Answer.ok(Json.items(codes.all().stream()
                .map(code -> Json.object().put("code", code.code()).put("feature", code.feature().name()).put("enabled", code.enabled())).toList())));
        operations.bind("updateFAC", this::change);
    }

    /** Of an item that leaves out code or enabled, that stays as it is. */
    private Answer change(ApiRequest request) {
        var known = new HashMap<Feature, FeatureCode>();
        codes.all().forEach(code -> known.put(code.feature(), code));
        var problems = new Problems();
        var changes = new ArrayList<FeatureCode>();
        var items = request.body().path("items");
        for (int i = 0; i < items.size(); i++) {
            if (!items.get(i).path("feature").isTextual()) {
                problems.addIf(true, "items[" + i + "].feature", "required", "items[" + i + "].feature is missing; name a feature.");
                continue;
            }
            changes.add(changed(known.get(Feature.valueOf(items.get(i).get("feature").textValue())), items.get(i)));
        }
        problems.check();
        codes.change(Actor.of(request), changes);
        return Answer.done();
    }

    private static FeatureCode changed(FeatureCode was, JsonNode item) {
        return new FeatureCode(was.feature(), item.path("code").isTextual() ? item.get("code").textValue() : was.code(),
                item.path("enabled").isBoolean() ? item.get("enabled").booleanValue() : was.enabled());
    }
}
