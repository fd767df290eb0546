package gatehouse.push;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Routes;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;
import gatehouse.resources.Keeping;
import gatehouse.resources.Resources;
import java.util.List;

/** Push accounts over HTTP. */
public final class PushRoutes implements Routes {
    private static final String TABLE = "mobile_push";
    private static final String SETS = "system.tenant";
    private static final List<String> SECRETS = List.of("android_service_account", "ios_certificate", "ios_private_key");
    private static final int MOST = 100;
    private static final Listing LISTING = Listing.of(TABLE, "json_extract(document, '$.app_name') COLLATE NOCASE, id", Field.text("id", "id"),
            Field.json("app_name", Kind.TEXT).asSearched(), Field.json("enabled", Kind.BOOLEAN), Field.json("mode", Kind.TEXT));

    private final Resources pushes;

    public PushRoutes(Keeping keeping) {
        pushes = keeping.of(gatehouse.resources.Kind.of(TABLE, "MOBILE_PUSH", "push account", "app_name").secrets(SECRETS.toArray(String[]::new)).most(MOST));
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(pushes, LISTING).create(operations, "createPush").list(operations, "listPushes").update(operations, "updatePush")
                .delete(operations, "deletePush");
        operations.bind("showPush", request -> Answer.ok(shown(request)));
    }

    /** Who may set the keys may read them too, so that what was read can be sent back; nobody else does. */
    private ObjectNode shown(ApiRequest request) {
        var push = pushes.get(Resources.COMPANY, request.path("id"));
        var json = push.json();
        if (request.caller().may(SETS)) {
            SECRETS.forEach(secret -> json.put(secret, pushes.secret(push, secret).orElse(null)));
        }
        return json;
    }
}
