package gatehouse.users;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.company.References;
import gatehouse.company.References.StoredFile;
import gatehouse.store.Store;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Users as answers show them; which fields an answer has, and their defaults, stand in its document. */
final class UserView {
    private final Store store;
    private final References references;

    UserView(Store store, References references) {
        this.store = store;
        this.references = references;
    }

    /** All of them with their avatars, which are looked up at once. */
    List<ObjectNode> all(Collection<User> users) {
        var ids = users.stream().map(user -> user.settings().path(SettingRules.AVATAR).textValue()).filter(Objects::nonNull).distinct().toList();
        Map<String, StoredFile> files = ids.isEmpty() ? Map.of() : store.read(tx -> references.files(tx, ids));
        return users.stream().map(user -> json(user, files)).toList();
    }

    ObjectNode one(User user) {
        return all(List.of(user)).getFirst();
    }

    private static ObjectNode json(User user, Map<String, StoredFile> files) {
        var body = user.settings().deepCopy();
        body.put("id", user.id()).put("name", user.name()).put("role", user.role()).put("enabled", user.enabled())
                .put("display_name", user.displayName()).put("email", user.email()).put("extension_number", user.extensionNumber().orElse(null))
                .put("created_at", Json.time(user.createdAt()));
        var file = files.get(user.settings().path(SettingRules.AVATAR).asText(""));
        if (file != null) {
            body.put("avatar_file_name", file.name()).put("avatar_file_size", file.size()).put("avatar_file_url", file.url());
        }
        return body;
    }
}
