package gatehouse.redirection;

import com.fasterxml.jackson.databind.JsonNode;
import gatehouse.api.Json;
import gatehouse.remote.RemoteApi;
import gatehouse.remote.RemoteApi.Raw;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Snom SRAPS: a phone is an endpoint of a company, and where its settings are is one of its settings. Which company the key is of, and by which id
 * that setting goes, the service tells; both stay as they are, so they are asked for once.
 */
final class SnomRest implements Redirection {
    private static final String SETTING = "setting_server";
    private static final int MOST_PAGES = 20;
    private static final Pattern NEXT = Pattern.compile("<([^>]+)>\\s*;[^,]*rel=\"?next\"?");

    private final Line line;
    private final Hawk hawk;
    private String endpoints = ""; // guarded by this
    private String setting = "";

    SnomRest(Line line) {
        this.line = line;
        this.hawk = new Hawk(line.access().account(), line.access().secret());
    }

    /** The file that a phone of this model asks for first. */
    static String settingServer(Target target) {
        return target.folder() + "snom" + target.modelCode() + ".htm";
    }

    @Override
    public void check() throws Refusal {
        endpoints();
    }

    @Override
    public void tell(Target target) throws Refusal {
        var body = Json.object().put("mac", target.mac()).put("autoprovisioning_enabled", true);
        body.putObject("settings_manager").putObject(setting()).put("value", settingServer(target)).putObject("attrs").put("perm", "RW");
        var url = endpoints() + target.mac(); // the key is good when this is known
        var raw = line.askForOne(signed(url, "PUT", body.toString()));
        if (raw.status() == 403 || raw.status() == 409) {
            throw new Refusal(Trouble.TAKEN, words(raw));
        }
        if (raw.status() / 100 != 2) {
            throw new Refusal(Trouble.REJECTED, words(raw));
        }
    }

    @Override
    public void forget(String mac) throws Refusal {
        var raw = line.askForOne(signed(endpoints() + mac, "DELETE", ""));
        if (raw.status() / 100 != 2 && raw.status() != 404 && raw.status() != 403) { // either: it is not ours
            throw new Refusal(Trouble.REJECTED, words(raw));
        }
    }

    private static String words(Raw raw) {
        var tree = Line.tree(raw);
        return tree.path("message").asText(tree.path("detail").asText(tree.path("error").asText("It answered " + raw.status() + ".")));
    }

    private Raw ask(String url, String method, String body) throws Refusal {
        return line.ask(signed(url, method, body));
    }

    private HttpRequest.Builder signed(String url, String method, String body) throws Refusal {
        return hawk.sign(line.at(url), url, method, body, line.clock().instant().getEpochSecond(), line.ids().text(12));
    }

    private JsonNode get(String url) throws Refusal {
        var raw = ask(url, "GET", "");
        if (raw.status() != 200) {
            throw new Refusal(Trouble.CREDENTIALS, words(raw)); // what does not exist is a key that does not
        }
        return Line.tree(raw);
    }

    private synchronized String endpoints() throws Refusal {
        if (endpoints.isEmpty()) {
            var company = link(get(line.access().base() + "/tokens/" + RemoteApi.encoded(line.access().account())), "company");
            var found = link(get(company), "endpoints");
            endpoints = found.endsWith("/") ? found : found + "/";
        }
        return endpoints;
    }

    /** Signed requests go to the service alone, whatever an answer names. */
    private String link(JsonNode answer, String name) throws Refusal {
        var url = answer.path("links").path(name).asText("");
        if (!isTheirs(url)) {
            throw Line.unclear();
        }
        return url;
    }

    private boolean isTheirs(String url) {
        if (!RemoteApi.allows(url)) {
            return false;
        }
        var base = URI.create(line.access().base());
        var other = URI.create(url);
        return base.getScheme().equals(other.getScheme()) && base.getHost().equals(other.getHost()) && base.getPort() == other.getPort();
    }

    private synchronized String setting() throws Refusal {
        var next = Optional.of(line.access().base() + "/settings/?page_size=1000");
        for (int page = 0; setting.isEmpty() && next.isPresent() && page < MOST_PAGES; page++) {
            var raw = ask(next.get(), "GET", "");
            if (!Line.tree(raw).isArray()) {
                throw Line.unclear();
            }
            for (var one : Line.tree(raw)) {
                if (one.path("param_name").asText().equals(SETTING)) {
                    setting = one.path("uuid").asText("");
                }
            }
            next = raw.headers().firstValue("Link").map(NEXT::matcher).filter(found -> found.find()).map(found -> found.group(1)).filter(this::isTheirs);
        }
        if (setting.isEmpty()) {
            throw new Refusal(Trouble.REJECTED, "It knows no setting " + SETTING + ".");
        }
        return setting;
    }
}
