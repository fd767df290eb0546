package gatehouse.voicemail;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit;
import gatehouse.audit.Audit.Action;
import gatehouse.core.Problems;
import gatehouse.numbers.ExtensionNumbers;
import gatehouse.numbers.NumberKind;
import gatehouse.store.Store.Tx;
import java.util.Optional;

/** How voicemail works for the whole company. Thread-safe. */
public final class VoicemailServer {
    /** Who owns its number: there is one. */
    public static final String ID = "voicemail";
    private static final int RETAIN_DAYS = 30;
    private static final int MIN_SECONDS = 1;

    /**
     * @param number     which users dial to hear their messages
     * @param retainDays how long messages are kept; 0 for ever
     * @param minSeconds shorter messages are not kept
     */
    public record Settings(Optional<String> number, int retainDays, int minSeconds) {
        ObjectNode json() {
            return Json.object().put("extension_number", number.orElse(null)).put("retain_days", retainDays).put("min_seconds", minSeconds);
        }
    }

    private final VoicemailServerStore store;
    private final ExtensionNumbers numbers;
    private final Audit audit;
    private volatile Settings settings;

    public VoicemailServer(VoicemailServerStore store, ExtensionNumbers numbers, Audit audit) {
        this.store = store;
        this.numbers = numbers;
        this.audit = audit;
        this.settings = store.read();
    }

    public Settings settings() {
        return settings;
    }

    void update(Actor actor, ObjectNode body) {
        store.write(tx -> {
            var before = store.read(tx);
            var now = new Settings(body.has("extension_number") ? Optional.ofNullable(body.get("extension_number").textValue()) : before.number,
                    number(body, "retain_days", before.retainDays, RETAIN_DAYS), number(body, "min_seconds", before.minSeconds, MIN_SECONDS));
            claim(tx, now);
            store.save(tx, now);
            audit.record(tx, actor, Action.UPDATE, "VOICEMAIL_SERVER", "Voicemail", before.json().toString(), now.json().toString());
            tx.afterCommit(() -> settings = now);
            return null;
        });
    }

    private static int number(ObjectNode body, String field, int before, int cleared) {
        return !body.has(field) ? before : body.get(field).asInt(cleared);
    }

    private void claim(Tx tx, Settings now) {
        var problems = new Problems();
        now.number.ifPresentOrElse(number -> problems.add(numbers.claim(tx, number, NumberKind.VOICEMAIL, ID, "Voicemail")), () -> numbers.release(tx, ID));
        problems.check();
    }
}
