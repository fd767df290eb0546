package gatehouse.receptionists;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.blobs.Files;
import gatehouse.core.Problems;
import gatehouse.hours.Calendar;
import gatehouse.hours.Schedule;
import gatehouse.hunting.Defaults;
import gatehouse.hunting.OutboundCallerId;
import gatehouse.hunting.Providers;
import gatehouse.numbers.ExtensionNumbers.Owner;
import gatehouse.numbers.NumberKind;
import gatehouse.resources.Keeping;
import gatehouse.resources.Kind;
import gatehouse.resources.Resource;
import gatehouse.resources.Resources;
import gatehouse.store.Store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rules of receptionists. Thread-safe. */
public final class Receptionists implements Kind.Rules {
    static final String TABLE = "receptionists";
    private static final String PIN = "pin";
    private static final String NEEDS = "virtual receptionist";
    private static final String[] PROMPTS = {"prompt_", "transfer_prompt_"};
    private static final int MOST = 1_000;
    /** As in the API's document, which fills in what a new receptionist leaves out. */
    private static final ObjectNode DEFAULTS = (ObjectNode) Json.parse("{\"dtmf_interval\": 2, \"enable_pin\": true}");
    private static final ObjectNode TIMEOUT_DEFAULTS = (ObjectNode) Json.parse("{\"timeout\": 30, \"repeat_times\": 3}");

    private final Keeping keeping;
    private final Providers providers;
    private final Files files;
    private final Calendar calendar;
    private final Resources receptionists;

    public Receptionists(Keeping keeping, Providers providers, Files files, Calendar calendar) {
        this.keeping = keeping;
        this.providers = providers;
        this.files = files;
        this.calendar = calendar;
        receptionists = keeping.of(Kind.of(TABLE, "IVR", "virtual receptionist", "name").required("name", "extension_number", PIN).unique("name")
                .secrets(PIN).numbered(NumberKind.VIRTUAL_RECEPTIONIST).most(MOST).rules(this));
    }

    Resources resources() {
        return receptionists;
    }

    /** For calls: the receptionist that has this number. */
    public Optional<Receptionist> byNumber(String number) {
        return receptionists.read(tx -> keeping.numbers().owner(tx, number).filter(owner -> owner.kind() == NumberKind.VIRTUAL_RECEPTIONIST)
                .map(Owner::id)
                .flatMap(id -> receptionists.find(tx, Resources.COMPANY, id)).map(Receptionist::of));
    }

    /** In clear, to compare with what a caller typed. */
    public Optional<String> pin(String id) {
        return receptionists.find(Resources.COMPANY, id).flatMap(found -> receptionists.secret(found, PIN));
    }

    String create(Actor actor, ObjectNode fields) {
        return receptionists.create(actor, Resources.COMPANY, filled(fields)).id();
    }

    void update(Actor actor, String id, ObjectNode changes) {
        receptionists.update(actor, Resources.COMPANY, id, filled(changes));
    }

    private static ObjectNode filled(ObjectNode fields) {
        var filled = Defaults.inPlaceOfNulls(fields, DEFAULTS);
        if (filled.path("timeout_forward_rule") instanceof ObjectNode timeout) {
            TIMEOUT_DEFAULTS.properties().stream().filter(field -> !timeout.hasNonNull(field.getKey()))
                    .forEach(field -> timeout.set(field.getKey(), field.getValue()));
        }
        return filled;
    }

    /** @param withPin for who may set it */
    ObjectNode show(String id, boolean withPin) {
        var found = receptionists.get(Resources.COMPANY, id);
        var shown = found.json();
        files.describe(List.of(shown), PROMPTS);
        var keys = new ArrayList<ObjectNode>();
        shown.path("custom_forward_rules").forEach(key -> keys.add((ObjectNode) key));
        receptionists.read(tx -> {
            Schedule.show(keys, ids -> calendar.holidays(tx, ids));
            return null;
        });
        if (withPin) {
            receptionists.secret(found, PIN).ifPresent(pin -> shown.put(PIN, pin));
        }
        return shown;
    }

    @Override
    public void check(Tx tx, Resource draft, Optional<Resource> before, Problems problems) {
        MenuRules.check(tx, draft, receptionists.secret(draft, PIN).orElse(""), keeping.numbers(), calendar, problems);
        OutboundCallerId.check(tx, providers, draft.document().path("outbound_caller_ids"), problems);
        for (var prompt : PROMPTS) {
            problems.add(files.checkSound(tx, prompt + "file_id", draft.text(prompt + "file_id")));
        }
    }

    @Override
    public void written(Tx tx, Resource now, Optional<Resource> before) {
        files.set(tx, NEEDS, now.id(), List.of(now.text(PROMPTS[0] + "file_id"), now.text(PROMPTS[1] + "file_id")));
    }

    @Override
    public void removing(Tx tx, Resource gone) {
        files.release(tx, NEEDS, gone.id());
    }
}
