package gatehouse.queues;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.core.Problems;
import gatehouse.store.Store.Tx;

/** Fields that name a prompt: {@code intro_prompt_file_id} is set, {@code intro_prompt_file_name}, {@code …_size} and {@code …_url} are shown. */
public final class Prompts {
    private Prompts() {
    }

    /** Adds what is wrong. @param prompts the fields' common beginnings, {@code intro_prompt} */
    public static void check(Tx tx, PromptFiles files, ObjectNode document, Problems problems, String... prompts) {
        for (var prompt : prompts) {
            var field = prompt + "_file_id";
            var id = document.path(field).asText("");
            problems.addIf(!id.isEmpty() && files.find(tx, id).isEmpty(), field, "unknown", "There is no file " + id + "; upload it first.");
        }
    }

    /** Adds to an answer what is shown of each prompt; nothing of one whose file is gone. */
    public static void show(Tx tx, PromptFiles files, ObjectNode answer, String... prompts) {
        for (var prompt : prompts) {
            var id = answer.path(prompt + "_file_id").asText("");
            if (!id.isEmpty()) {
                files.find(tx, id).ifPresent(file -> answer.put(prompt + "_file_name", file.name()).put(prompt + "_file_size", file.size())
                        .put(prompt + "_file_url", file.url()));
            }
        }
    }
}
