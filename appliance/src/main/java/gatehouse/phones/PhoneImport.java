package gatehouse.phones;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.core.Problems;
import gatehouse.store.Store.Tx;
import gatehouse.tables.TableImport;
import gatehouse.templates.Choices;
import gatehouse.users.Users;
import java.util.Map;

/** What a row of a table of phones means: a phone for the user of an extension, with the settings that suit most where none are given. */
final class PhoneImport implements TableImport.Rows {
    static final String NUMBER = "extension_number";

    private final Phones phones;
    private final Users users;
    private final String timeZone;
    private final Actor actor;

    /** @param timeZone the company's */
    PhoneImport(Phones phones, Users users, String timeZone, Actor actor) {
        this.phones = phones;
        this.users = users;
        this.timeZone = timeZone;
        this.actor = actor;
    }

    @Override
    public void complete(Map<String, String> cells) {
        phones.templates().named(cells.getOrDefault("filename", "")).ifPresent(template -> {
            var zones = template.choices(Choices.TIME_ZONES);
            cells.putIfAbsent("vendor", template.vendor());
            cells.putIfAbsent("timezone", zones.isEmpty() || zones.contains(timeZone) ? timeZone : zones.getFirst());
            cells.putIfAbsent("codecs", String.join(" ", template.choices(Choices.CODECS)));
        });
        cells.putIfAbsent("vendor", "unknown"); // of a template that there is not: that is told, and not what it would have had
        cells.putIfAbsent("timezone", timeZone);
        cells.putIfAbsent("codecs", "PCMA");
        cells.putIfAbsent("password", phones.newPassword());
        cells.putIfAbsent("language", "ENGLISH");
        cells.putIfAbsent("transfer", "BLIND");
        cells.putIfAbsent("interface", "PRIVATE_IPV4");
        cells.putIfAbsent("preferred_transport", "UDP");
    }

    @Override
    public void check(ObjectNode body, Problems problems) {
        phones.problems(body).forEach(problems::add);
        var number = body.path(NUMBER).asText("");
        problems.addIf(users.byNumber(number).isEmpty(), NUMBER, number.isEmpty() ? "required" : "unknown", number.isEmpty()
                ? NUMBER + " is missing: say whose phone it is." : "There is no user with the extension " + number + ".");
    }

    @Override
    public void insert(Tx tx, int index, ObjectNode body, Problems problems) {
        var mac = PhoneRules.mac(body.get("mac").textValue()).orElseThrow();
        if (phones.taken(tx, mac)) {
            problems.add(Problem.conflict("mac", "The phone " + mac + " is somebody's already; take it away there first."));
            return;
        }
        users.byNumber(body.get(NUMBER).textValue()).ifPresentOrElse(user -> phones.insert(tx, actor, user, body),
                () -> problems.add(Problem.invalid(NUMBER, "unknown", "There is no user with the extension " + body.get(NUMBER).textValue() + ".")));
    }
}
