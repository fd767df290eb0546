package gatehouse.administration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.core.Problems;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Single;
import gatehouse.store.Store.Tx;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the box is: what somebody tells it (its name on the web, its public addresses) and what the operating system decides. Thread-safe.
 */
public final class NetworkSettings implements Kind.Rules {
    private static final String TABLE = "network_settings";
    private static final List<String> TOLD = List.of("web_domain", "public_ipv4", "public_ipv6");
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*");

    private final Single told;
    private final OwnNetwork own;

    public NetworkSettings(Keeping keeping, OwnNetwork own) {
        this.own = own;
        told = new Single(keeping.of(Kind.of(TABLE, "SYSTEM", "network", "web_domain").rules(this)), Json.object());
    }

    /** Every field of the contract. */
    public ObjectNode show() {
        var all = own.read();
        TOLD.forEach(field -> all.set(field, told.get().document().path(field).isTextual() ? told.get().document().get(field) : null));
        return all;
    }

    void update(Actor actor, ObjectNode changes) {
        var problems = new Problems();
        var now = own.read();
        var wanted = changes.deepCopy();
        now.properties().forEach(field -> {
            var given = wanted.remove(field.getKey());
            problems.addIf(given != null && !Objects.equals(given, field.getValue()), field.getKey(), "unavailable",
                    field.getKey() + " is set in the operating system, not here; it is " + field.getValue() + ".");
        });
        problems.check();
        told.update(actor, wanted);
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        var name = draft.document().path("web_domain");
        problems.addIf(name.isTextual() && !NAME.matcher(name.textValue()).matches(), "web_domain", "format", "web_domain must be a host's name, such as pbx.example.org.");
        problems.addIf(draft.document().path("public_ipv4").isTextual() && !OwnNetwork.isAddress(draft.text("public_ipv4"), false), "public_ipv4", "format",
                "public_ipv4 must be an IPv4 address.");
        problems.addIf(draft.document().path("public_ipv6").isTextual() && !OwnNetwork.isAddress(draft.text("public_ipv6"), true), "public_ipv6", "format",
                "public_ipv6 must be an IPv6 address.");
    }
}
