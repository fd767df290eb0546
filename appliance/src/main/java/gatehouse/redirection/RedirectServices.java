package gatehouse.redirection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.Problems;
import gatehouse.remote.RemoteApi;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the administrator set for each maker; each is off until then. Thread-safe. */
final class RedirectServices {
    static final List<String> FIELDS = List.of("service", "enabled", "host", "base_url", "account", "username", "site_id");
    private static final List<String> SECRETS = List.of("secret", "password");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]{2,45}]");

    private final Resources resources;

    RedirectServices(Keeping keeping) {
        resources = keeping.of(Kind.of("redirect_services", "PHONE_REDIRECTION", "redirect service", "maker").required("maker").unique("maker")
                .secrets(SECRETS.toArray(String[]::new)).most(Maker.values().length).rules(new Rules()));
    }

    private final class Rules implements Kind.Rules {
        @Override
        public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
            var maker = Maker.of(draft.text("maker")).orElseThrow();
            var service = service(draft);
            problems.addIf(!draft.text("service").isEmpty() && service.filter(one -> one.maker() == maker).isEmpty(), "service", "enum",
                    "service of " + maker.label() + " must be one of " + Service.of(maker) + ".");
            problems.addIf(!draft.text("host").isEmpty() && !HOST.matcher(draft.text("host")).matches(), "host", "format",
                    "host must be the name or the address by which phones reach the box, without a port.");
            problems.addIf(!draft.text("base_url").isEmpty() && !RemoteApi.allows(draft.text("base_url")), "base_url", "format",
                    "base_url must begin with https://.");
            FIELDS.forEach(field -> problems.addIf(draft.text(field).matches("(?s).*\\p{Cntrl}.*"), field, "characters", field + " must be one line."));
            if (draft.document().path("enabled").asBoolean()) {
                complete(draft, service, problems);
            }
        }

        private void complete(Resource draft, Optional<Service> service, Problems problems) {
            problems.addIf(draft.text("host").isEmpty(), "host", "required", "host is missing: by which name or address do phones reach the box?");
            problems.addIf(draft.text("service").isEmpty(), "service", "required", "service is missing.");
            service.map(Service::needs).orElse(List.of()).forEach(field -> problems.addIf(text(draft, field).isBlank(), field, "required",
                    field + " is missing; " + service.orElseThrow() + " cannot be used without it."));
        }
    }

    private static Optional<Service> service(Resource resource) {
        return java.util.Arrays.stream(Service.values()).filter(service -> service.name().equals(resource.text("service"))).findFirst();
    }

    private String text(Resource resource, String field) {
        return SECRETS.contains(field) ? resources.secret(resource, field).orElse("") : resource.text(field);
    }

    private Optional<Resource> find(Tx tx, Maker maker) {
        return resources.all(tx, Resources.COMPANY).stream().filter(one -> one.text("maker").equals(maker.name())).findFirst();
    }

    /** How the maker's service is reached; empty while it is off. */
    Optional<Access> access(Maker maker) {
        return resources.read(tx -> find(tx, maker)).filter(one -> one.document().path("enabled").asBoolean()).map(this::access);
    }

    private Access access(Resource one) {
        var service = service(one).orElseThrow();
        var own = one.text("base_url");
        var isWhole = service == Service.SNOM_XML; // whose path ends in a slash
        var base = own.isEmpty() ? service.base() : isWhole ? own : own.replaceFirst("/$", "");
        return new Access(service, base, one.text("host"), one.text("account"), text(one, "secret"), one.text("username"), text(one, "password"),
                one.text("site_id"));
    }

    /** The settings as an answer shows them: that there is a secret, never which. */
    ObjectNode document(Maker maker) {
        var found = resources.read(tx -> find(tx, maker));
        var json = Json.object().put("maker", maker.name()).put("enabled", false);
        FIELDS.forEach(field -> found.map(one -> one.document().get(field)).ifPresent(value -> json.set(field, value)));
        SECRETS.forEach(field -> json.put("has_" + field, found.flatMap(one -> resources.secret(one, field)).filter(text -> !text.isEmpty()).isPresent()));
        var services = json.putArray("services");
        Service.of(maker).forEach(service -> services.add(service.name()));
        return json;
    }

    void update(Actor actor, Maker maker, ObjectNode changes) {
        resources.write(tx -> find(tx, maker).map(one -> resources.update(tx, actor, Resources.COMPANY, one.id(), changes))
                .orElseGet(() -> resources.create(tx, actor, Resources.COMPANY, changes.deepCopy().put("maker", maker.name()))));
    }
}
