package gatehouse.microsoft365;

import gatehouse.api.Answer;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.core.Problem.Code;
import gatehouse.microsoft365.Graph.DirectoryUser;
import gatehouse.microsoft365.Microsoft365.Section;
import gatehouse.remote.RemoteFailure;

/** Microsoft 365 over HTTP (contract area microsoft 365). */
public final class Microsoft365Routes implements Routes {
    private final Microsoft365 microsoft365;
    private final Graph graph;
    private final Bindings bindings;
    private final MicrosoftSync sync;
    private final String redirectUri;

    /** @param webAddress the box as browsers reach it */
    public Microsoft365Routes(Microsoft365 microsoft365, Graph graph, Bindings bindings, MicrosoftSync sync, String webAddress) {
        this.microsoft365 = microsoft365;
        this.graph = graph;
        this.bindings = bindings;
        this.sync = sync;
        this.redirectUri = webAddress + "api/auth/callback/microsoft";
    }

    @Override
    public void addTo(Operations operations) {
        bind(operations, Section.GLOBAL, "GlobalMicrosoft365", "getGlobalMicrosoft365ProvisioningDetails", "updateGlobalMicrosoft365Provisioning");
        bind(operations, Section.TENANT, "Microsoft365", "getTenantMicrosoft365ProvisioningDetails", "updateTenantMicrosoft365Provisioning");
        operations.bind("listMicrosoft365Users", _ -> users());
        operations.bind("showMicrosoft365Sync", _ -> Answer.ok(sync.show()));
        operations.bind("startMicrosoft365Sync", _ -> {
            sync.now();
            return Answer.done();
        });
        operations.bind("addUserMs365Binding", request -> {
            if (!request.body().path("id").isTextual()) {
                throw Problem.invalid("id", "required", "id is missing: it names the user in Microsoft Entra.").raise();
            }
            bindings.bind(request.caller(), Actor.of(request), request.path("id"), request.body().get("id").textValue());
            return Answer.done();
        });
        operations.bind("removeUserMs365Binding", request -> {
            bindings.unbind(request.caller(), Actor.of(request), request.path("id"));
            return Answer.noContent();
        });
    }

    private void bind(Operations operations, Section section, String name, String show, String update) {
        operations.bind(show, _ -> Answer.ok(microsoft365.registration(section).document().deepCopy().put("redirect_uri", redirectUri)
                .putNull("sbc_redirect_uri"))); // there is no session border controller beside the box
        operations.bind(update, request -> {
            microsoft365.update(Actor.of(request), section, request.body());
            return Answer.done();
        });
        operations.bind("generate" + name + "Certificate", request -> file(microsoft365.makeCertificate(Actor.of(request), section)));
        operations.bind("download" + name + "Certificate", _ -> file(microsoft365.certificate(section)));
    }

    private static Answer file(byte[] certificate) {
        return Answer.download("gatehouse.cer", "application/octet-stream", certificate);
    }

    private Answer users() {
        var app = microsoft365.app().orElseThrow(() -> Problem.of(Code.CONFLICT,
                "Microsoft 365 is not set up: directory_id, application_id and a certificate are needed.").raise());
        var guests = microsoft365.registration(Section.TENANT).document().path("users").path("sync_guest_users").asBoolean();
        try {
            var users = graph.users(app).stream().filter(user -> guests || !user.guest()).map(Microsoft365Routes::json).toList();
            return Answer.ok(Json.page(users.size(), users));
        } catch (RemoteFailure e) {
            throw Problem.of(Code.UNAVAILABLE, e.getMessage()).raise();
        }
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode json(DirectoryUser user) {
        return Json.object().put("id", user.id()).put("name", user.name()).put("email", user.email());
    }
}
