package gatehouse.provisioning;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.Problems;
import gatehouse.phones.PhoneTemplates;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import gatehouse.templates.Model;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses at which phones find their firmware, for a template or one model of it. All are in memory beside the store, for 1,000 phones
 * that boot at once. Thread-safe.
 */
public final class Firmware implements Kind.Rules {
    private static final int MOST = 500; // there are some 300 models
    private static final Pattern PRINTED = Pattern.compile("[!-~]{1,255}");
    private static final Pattern PLACE = Pattern.compile("\\bfirmware_(url|address)\\b");

    /** @param model empty for all of the template */
    private record Whose(String template, String model) { }

    private final Resources resources;
    private final PhoneTemplates templates;
    private volatile Map<Whose, String> addresses = Map.of();

    public Firmware(Keeping keeping, PhoneTemplates templates) {
        this.templates = templates;
        resources = keeping.of(Kind.of("phone_firmware", "PHONE_FIRMWARE", "firmware address", "filename").most(MOST).rules(this));
        templates.usedBy(this::uses);
        read();
    }

    /** One after the other, so that the last to read has what was committed last. */
    private synchronized void read() {
        var read = new HashMap<Whose, String>();
        resources.all(Resources.COMPANY).forEach(one -> read.put(whose(one), one.text("url")));
        addresses = Map.copyOf(read);
    }

    private static Whose whose(Resource one) {
        return new Whose(one.text("filename"), one.text("model"));
    }

    /** A model's own, else its template's. */
    Optional<String> address(String template, String model) {
        var known = addresses;
        return Optional.ofNullable(known.get(new Whose(template, model))).or(() -> Optional.ofNullable(known.get(new Whose(template, ""))));
    }

    /** Oldest first. */
    List<Resource> all() {
        return resources.all(Resources.COMPANY);
    }

    /**
     * Sets the address of a template or a model, in the place of what it had.
     *
     * @param body {@code filename}, {@code url}, and {@code model} for one alone
     * @return its id
     * @throws gatehouse.core.ProblemException for a template or model that there is not, or what is no address
     */
    String set(Actor actor, ObjectNode body) {
        var filename = body.path("filename").asText("");
        var said = Optional.ofNullable(body.path("model").textValue());
        var model = said.map(name -> templates.named(filename).flatMap(template -> template.model(name)).map(Model::name).orElse(name));
        var fields = Json.object().put("filename", filename).put("model", model.orElse(null)).put("url", body.path("url").asText(""));
        var whose = new Whose(filename, model.orElse(""));
        return resources.write(tx -> resources.all(tx, Resources.COMPANY).stream().filter(one -> whose(one).equals(whose)).findFirst()
                .map(before -> resources.update(tx, actor, Resources.COMPANY, before.id(), fields))
                .orElseGet(() -> resources.create(tx, actor, Resources.COMPANY, fields))).id();
    }

    /** @throws gatehouse.core.ProblemException NOT_FOUND */
    void delete(Actor actor, String id) {
        resources.delete(actor, Resources.COMPANY, id);
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        var filename = draft.text("filename");
        var model = draft.text("model");
        problems.addIf(!isAddress(draft.text("url")), "url", "format", "url must be where the phone finds its firmware: http:// or https://, a host, at most"
                + " 255 characters, without spaces, a user's name or a #.");
        templates.named(filename).ifPresentOrElse(template -> {
            problems.addIf(!model.isEmpty() && template.model(model).isEmpty(), "model", "unknown", filename + " has no model " + model + "; see GET /phone_models.");
            problems.addIf(!PLACE.matcher(template.source()).find(), "filename", "firmware", "The files of " + filename
                    + " have no place for a firmware's address; give these phones theirs by hand.");
        }, () -> problems.addIf(true, "filename", "unknown", "There is no template " + filename + "; see GET /phone_models."));
    }

    /** Nothing that could end its place in some maker's file, and no password, which the audit log would keep. */
    private static boolean isAddress(String url) {
        try {
            var uri = new URI(url);
            return PRINTED.matcher(url).matches() && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null
                    && uri.getPort() != 0 && uri.getPort() <= 65_535 && uri.getRawUserInfo() == null && uri.getRawFragment() == null;
        } catch (URISyntaxException _) {
            return false;
        }
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        tx.afterCommit(this::read);
    }

    @Override
    public void removed(Tx tx, Resource gone) {
        tx.afterCommit(this::read);
    }

    private List<PhoneTemplates.Use> uses(String template) {
        return addresses.keySet().stream().filter(whose -> whose.template.equals(template)).map(whose -> new PhoneTemplates.Use(
                whose.model.isEmpty() ? "the firmware address of all its phones" : "the firmware address of " + whose.model, whose.model)).toList();
    }
}
