package gatehouse.notifications;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.mail.Addresses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The texts of the box's mail: those that come with it, and the company's own, which win. Thread-safe. */
public final class EmailTemplates {
    private static final String OBJECT = "CUSTOM_EMAIL_TEMPLATE";
    private static final List<String> FIELDS = List.of("from", "subject", "body");

    private final NotificationStore store;
    private final Audit audit;
    private final Map<EmailTemplate, EmailText> shipped = new EnumMap<>(EmailTemplate.class);

    public EmailTemplates(NotificationStore store, Audit audit) {
        this.store = store;
        this.audit = audit;
        for (var name : EmailTemplate.values()) {
            shipped.put(name, EmailText.parse(resource(name)));
        }
    }

    private static String resource(EmailTemplate name) {
        try (var in = EmailTemplates.class.getResourceAsStream("templates/" + name + ".html")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As mail is written now. */
    EmailText text(EmailTemplate name) {
        return store.read(tx -> store.template(tx, name)).map(shipped.get(name)::with).orElse(shipped.get(name));
    }

    EmailText shipped(EmailTemplate name) {
        return shipped.get(name);
    }

    List<ObjectNode> allShipped() {
        return Arrays.stream(EmailTemplate.values()).map(name -> shipped.get(name).json(name)).toList();
    }

    List<ObjectNode> allCustom() {
        return store.read(store::templates);
    }

    ObjectNode custom(EmailTemplate name) {
        return store.read(tx -> store.template(tx, name)).orElseThrow(EmailTemplates::missing);
    }

    private static RuntimeException missing() {
        return Problem.notFound("e-mail template of the company's own").raise();
    }

    void create(Actor actor, ObjectNode body) {
        if (!body.path("name").isTextual()) {
            throw Problem.invalid("name", "required", "name is missing: it says which mail this is the text of.").raise();
        }
        var name = EmailTemplate.valueOf(body.get("name").textValue());
        store.write(tx -> {
            if (store.template(tx, name).isPresent()) {
                throw Problem.conflict("name", "There is a text of your own for " + name + " already; change that one.").raise();
            }
            save(tx, actor, name, Optional.empty(), body);
            return null;
        });
    }

    void update(Actor actor, EmailTemplate name, ObjectNode body) {
        store.write(tx -> {
            save(tx, actor, name, Optional.of(store.template(tx, name).orElseThrow(EmailTemplates::missing)), body);
            return null;
        });
    }

    /** What is cleared is as shipped again. */
    private void save(gatehouse.store.Store.Tx tx, Actor actor, EmailTemplate name, Optional<ObjectNode> before, ObjectNode body) {
        var next = before.map(ObjectNode::deepCopy).orElseGet(Json::object).put("name", name.name());
        FIELDS.stream().filter(body::has).forEach(field -> next.set(field, body.get(field)));
        var problems = new Problems();
        check(name, next, problems);
        problems.check();
        store.saveTemplate(tx, name, next);
        audit.record(tx, actor, before.isPresent() ? Action.UPDATE : Action.CREATE, OBJECT, name.name(), before.map(ObjectNode::toString).orElse(null),
                next.toString());
    }

    private static void check(EmailTemplate name, ObjectNode template, Problems problems) {
        for (var field : FIELDS) {
            EmailText.places(template.path(field).asText("")).filter(place -> !name.variables().contains(place)).findFirst()
                    .ifPresent(unknown -> problems.add(Problem.invalid(field, "variable", "There is no {{" + unknown + "}} in " + name + "; there are "
                            + String.join(", ", name.variables()) + ".")));
        }
        problems.addIf(!Addresses.isSender(template.path("from").asText("")), "from", "format",
                "from must be a name, an address, or both as Name <address>.");
        problems.addIf(Addresses.hasControl(template.path("subject").asText("")), "subject", "characters", "subject must be one line.");
        for (var field : List.of("subject", "body")) {
            problems.addIf(template.path(field).isTextual() && template.get(field).textValue().isBlank(), field, "required",
                    field + " may not be blank; clear it to have the box's own.");
        }
    }
}
