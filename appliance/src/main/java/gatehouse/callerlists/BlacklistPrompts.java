package gatehouse.callerlists;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.audit.Audit.Action;
import gatehouse.blobs.Files;
import gatehouse.callerlists.CallerLists.Level;
import gatehouse.core.Problems;
import gatehouse.hunting.Defaults;
import gatehouse.resources.Keeping;
import java.util.List;
import java.util.Optional;

/** What blacklisted callers hear, a prompt for each level. Thread-safe. */
public final class BlacklistPrompts {
    private static final List<String> PROMPTS = List.of("level1_prompt_", "level2_prompt_");
    private static final ObjectNode DEFAULTS = Json.object().put("enable_level1", false).put("enable_level2", false);

    private final Keeping keeping;
    private final CallerListStore store;
    private final Files files;

    public BlacklistPrompts(Keeping keeping, CallerListStore store, Files files) {
        this.keeping = keeping;
        this.store = store;
        this.files = files;
    }

    /** For calls: the file to play; empty when none is set, or it is switched off. */
    public Optional<String> fileId(Level level) {
        var number = level.ordinal() + 1;
        var document = keeping.store().read(store::prompts);
        return Optional.ofNullable(document.path("level" + number + "_prompt_file_id").textValue())
                .filter(id -> !id.isEmpty() && document.path("enable_level" + number).asBoolean());
    }

    ObjectNode show() {
        var answer = keeping.store().read(store::prompts);
        files.describe(List.of(answer), PROMPTS.toArray(String[]::new));
        return answer;
    }

    void update(Actor actor, ObjectNode changes) {
        keeping.store().write(tx -> {
            var before = store.prompts(tx);
            var after = before.deepCopy();
            after.setAll(Defaults.inPlaceOfNulls(changes, DEFAULTS));
            var problems = new Problems();
            PROMPTS.forEach(prompt -> problems.add(files.checkSound(tx, prompt + "file_id", after.path(prompt + "file_id").asText(""))));
            problems.check();
            store.savePrompts(tx, after);
            files.set(tx, "prompts of the blacklist", "", PROMPTS.stream().map(prompt -> after.path(prompt + "file_id").asText("")).toList());
            keeping.audit().record(tx, actor, Action.UPDATE, CallerLists.BLACKLIST_OBJECT, "prompts", before.toString(), after.toString());
            return null;
        });
    }
}
