package gatehouse.receptionists;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.Problems;
import gatehouse.hunting.Defaults;
import gatehouse.numbering.NumberMask;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where each receptionist asks what to do. Thread-safe. */
public final class ActionUrls implements Kind.Rules {
    private static final String PASSWORD = "password";
    private static final String TOKEN = "token";
    private static final int MOST = 50; // of one receptionist; the list is given whole
    private static final int LONGEST_TIMEOUT = 60;
    /** As in the API's document, which fills in what a new one leaves out. */
    private static final ObjectNode DEFAULTS = (ObjectNode) Json.parse("""
            {"enabled": false, "connection_timeout": 2, "request_timeout": 2, "auth": "DISABLE"}""");

    private final Receptionists receptionists;
    private final Resources urls;

    public ActionUrls(Keeping keeping, Receptionists receptionists) {
        this.receptionists = receptionists;
        urls = keeping.of(Kind.of("receptionist_action_urls", "IVR", "action URL", "name").required("url", "type").secrets(PASSWORD, TOKEN).most(MOST)
                .rules(this));
    }

    /** For calls: those of a receptionist that are enabled, oldest first. */
    public List<ActionUrl> of(String receptionistId) {
        return urls.all(receptionistId).stream().filter(url -> url.document().path("enabled").asBoolean()).map(ActionUrl::of).toList();
    }

    /** What goes with a user name, or alone, as {@code auth} says; empty for none. */
    public Optional<String> secret(String receptionistId, ActionUrl url) {
        return urls.find(receptionistId, url.id()).flatMap(found -> urls.secret(found, url.auth() == ActionUrl.Auth.BEARER ? TOKEN : PASSWORD));
    }

    private String there(String receptionistId) {
        return receptionists.resources().get(Resources.COMPANY, receptionistId).id();
    }

    String create(Actor actor, String receptionistId, ObjectNode fields) {
        return urls.create(actor, there(receptionistId), Defaults.inPlaceOfNulls(fields, DEFAULTS)).id();
    }

    void update(Actor actor, String receptionistId, String id, ObjectNode changes) {
        urls.update(actor, there(receptionistId), id, Defaults.inPlaceOfNulls(changes, DEFAULTS));
    }

    void delete(Actor actor, String receptionistId, String id) {
        urls.delete(actor, there(receptionistId), id);
    }

    /** @param withSecrets for who may set them */
    List<ObjectNode> list(String receptionistId, boolean withSecrets) {
        return urls.all(there(receptionistId)).stream().map(url -> shown(url, withSecrets)).toList();
    }

    ObjectNode show(String receptionistId, String id, boolean withSecrets) {
        return shown(urls.get(there(receptionistId), id), withSecrets);
    }

    private ObjectNode shown(Resource url, boolean withSecrets) {
        var shown = url.json();
        if (withSecrets) {
            urls.secret(url, PASSWORD).ifPresent(password -> shown.put(PASSWORD, password));
            urls.secret(url, TOKEN).ifPresent(token -> shown.put(TOKEN, token));
        }
        return shown;
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        var url = draft.text("url");
        problems.addIf(!url.isBlank() && !isWeb(url), "url", "format",
                "url must be an address such as https://example.org/menu, without a user name in it and without #.");
        for (var mask : List.of("caller_mask", "dtmf_mask")) {
            problems.addIf(!draft.text(mask).isBlank() && NumberMask.of(draft.text(mask)).isEmpty(), mask, "pattern",
                    mask + " must be digits, * for any one, a range 10-19, and ; between several.");
        }
        problems.addIf(ActionUrl.headers(draft.text("headers")).isEmpty(), "headers", "format", "headers must be lines such as X-Department: sales.");
        for (var timeout : List.of("connection_timeout", "request_timeout")) {
            problems.addIf(draft.document().path(timeout).asInt() > LONGEST_TIMEOUT, timeout, "maximum", timeout + " must be " + LONGEST_TIMEOUT
                    + " or less: a caller waits.");
        }
        var auth = draft.text("auth");
        if (auth.equals("BASIC") || auth.equals("DIGEST")) {
            problems.addIf(draft.text("username").isEmpty(), "username", "required", "username is missing: " + auth + " needs one.");
            problems.addIf(urls.secret(draft, PASSWORD).isEmpty(), PASSWORD, "required", "password is missing: " + auth + " needs one.");
        }
        problems.addIf(auth.equals("BEARER") && urls.secret(draft, TOKEN).isEmpty(), TOKEN, "required", "token is missing: BEARER needs one.");
    }

    private static boolean isWeb(String text) {
        try {
            var uri = new URI(text);
            return uri.getScheme() != null && Set.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT)) && uri.getHost() != null
                    && uri.getUserInfo() == null && uri.getFragment() == null && uri.getPort() <= 65_535;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
