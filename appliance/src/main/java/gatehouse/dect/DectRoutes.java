package gatehouse.dect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.templates.Choices;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** DECT bases over HTTP. */
public final class DectRoutes implements Routes {
    private static final Listing OLDEST_FIRST = Listing.of("dect_phones", "created_at, id");
    private static final Map<String, Choices> CHOICES = Map.of("languages", Choices.LANGUAGES, "tones", Choices.RINGTONES, "time_zones", Choices.TIME_ZONES,
            "codecs", Choices.CODECS);

    private final DectPhones phones;
    private final Users users;
    private final int httpPort;

    /** @param httpPort where phones fetch their files */
    public DectRoutes(DectPhones phones, Users users, int httpPort) {
        this.phones = phones;
        this.users = users;
        this.httpPort = httpPort;
    }

    @Override
    public void addTo(Operations operations) {
        operations.bind("listDectPhoneModels", _ -> Answer.ok(Json.items(phones.models().stream().map(model -> Json.object()
                .put("filename", model.template().filename()).put("model", model.name()).put("lines", model.lines()).put("display_name", model.displayName()))
                .toList())));
        operations.bind("retrieveDectPhoneModel", this::model);
        operations.bind("createDectPhone", request -> Answer.created(phones.bases().create(Actor.of(request), Resources.COMPANY,
                phones.normal(request.filledBody())).id()));
        operations.bind("listDectPhones", request -> Answer.ok(Json.items(phones.bases().all(Resources.COMPANY).stream()
                .map(base -> json(base, request)).toList())));
        operations.bind("getDectPhoneDetails", request -> Answer.ok(json(phones.bases().get(Resources.COMPANY, request.path("id")), request)));
        new Crud(phones.bases(), OLDEST_FIRST).update(operations, "updateDectPhone").delete(operations, "DeleteDectPhone");
        operations.bind("listDectPhoneMembers", request -> Answer.ok(Json.items(members(request))));
        operations.bind("updateDectPhoneMemberList", request -> {
            if (request.body().has("items")) {
                phones.setMembers(Actor.of(request), request.path("id"), request.body().get("items"));
            }
            return Answer.done();
        });
        operations.bind("getDectPhoneMember", request -> Answer.ok(members(request).stream()
                .filter(member -> member.path("extension_number").asText("").equals(request.path("extension_number"))).findFirst()
                .orElseThrow(() -> Problem.notFound("member").raise())));
    }

    /** By the name of its template, or its own. */
    private Answer model(ApiRequest request) {
        var name = request.path("name");
        var model = phones.models().stream().filter(one -> one.template().filename().equals(name) || one.name().equalsIgnoreCase(name)
                || one.displayName().equalsIgnoreCase(name)).findFirst().orElseThrow(() -> Problem.notFound("DECT phone model").raise());
        var body = Json.object().put("template", model.template().filename()).put("lines", model.lines());
        CHOICES.forEach((field, group) -> {
            var values = body.putArray(field);
            model.template().choices(group).forEach(values::add);
        });
        return Answer.ok(body);
    }

    /** Passwords, and the address of the files that hold them, are for who may change the base. */
    private ObjectNode json(Resource base, ApiRequest request) {
        var body = base.json().put("lines", phones.model(base).map(DectModel::lines).orElse(null)).putNull("url");
        if (request.caller().may("phone_system.full_access")) {
            body.put("url", phones.address(base, request.origin().replaceAll("^https?://", "").replaceAll(":\\d+$", ""), httpPort));
            List.of("password", "user_password", "engineer_password").forEach(field -> body.put(field, phones.bases().secret(base, field).orElse(null)));
        }
        return body;
    }

    private List<ObjectNode> members(ApiRequest request) {
        var members = phones.members(request.path("id"));
        var known = members.stream().map(DectMember::userId).map(users::byId).flatMap(Optional::stream).collect(Collectors.toMap(User::id, user -> user));
        return members.stream().map(member -> {
            var user = Optional.ofNullable(known.get(member.userId()));
            return Json.object().put("id", member.userId()).put("extension_number", user.flatMap(User::extensionNumber).orElse(null))
                    .put("display_name", user.map(User::displayName).orElse(null)).put("ipui", member.ipui().isEmpty() ? null : member.ipui())
                    .put("handset_index", member.handset().isEmpty() ? null : member.handset());
        }).toList();
    }
}
