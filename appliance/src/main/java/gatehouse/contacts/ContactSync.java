package gatehouse.contacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import gatehouse.api.Json;
import gatehouse.changes.Diff.Item;
import gatehouse.changes.Followed;
import gatehouse.changes.SyncTokens;
import gatehouse.company.References;
import gatehouse.store.Store.Tx;
import gatehouse.users.User;
import gatehouse.users.UserStore;
import gatehouse.users.Users;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Keeps apps' copies of their users' address books in step. Thread-safe. */
public final class ContactSync {
    private static final String AVATAR = "avatar_file_id";

    /** What an app can follow: a user's own contacts, the company's, the other users. */
    enum Book { PERSONAL, BUSINESS, EXTENSION }

    private final ContactStore store;
    private final SyncTokens tokens;
    private final Users users;
    private final References references;

    public ContactSync(ContactStore store, SyncTokens tokens, Users users, References references) {
        this.store = store;
        this.tokens = tokens;
        this.users = users;
        this.references = references;
    }

    ObjectNode token(String userId, Book book) {
        return Json.object().put("token", tokens.create(userId, followed(userId, book)));
    }

    ObjectNode diff(String userId, Book book, String token) {
        var diff = tokens.diff(token, userId, followed(userId, book), (tx, ids, _) -> read(tx, userId, book, ids));
        var body = Json.object().put("token", diff.token());
        var items = body.putArray("items");
        diff.items().forEach(item -> items.add(json(item)));
        return body;
    }

    private static ObjectNode json(Item<ObjectNode> item) {
        return item.state().orElseGet(Json::object).put("id", item.id()).put("change_type", item.change().name());
    }

    private static Followed followed(String userId, Book book) {
        return switch (book) {
            case PERSONAL -> Followed.of("personal contacts", Contacts.personalFeed(userId));
            case BUSINESS -> Followed.of("business contacts", Contacts.companyFeed()).with(Contacts.businessFavorites(userId));
            case EXTENSION -> Followed.of("extension contacts", UserStore.EXTENSIONS).with(Contacts.extensionFavorites(userId));
        };
    }

    private Map<String, ObjectNode> read(Tx tx, String userId, Book book, Collection<String> ids) {
        var contacts = switch (book) {
            case PERSONAL -> store.personal(tx, userId, ids).stream().map(Contacts::withFavorite).toList();
            case BUSINESS -> store.company(tx, userId, ids);
            case EXTENSION -> extensions(tx, userId, ids);
        };
        return contacts.stream().collect(Collectors.toMap(contact -> contact.get("id").textValue(), Function.identity()));
    }

    /** The others, as this transaction sees them: memory is behind the log for a moment. */
    private List<ObjectNode> extensions(Tx tx, String userId, Collection<String> ids) {
        var others = users.byIds(tx, ids).stream().filter(user -> user.extensionNumber().isPresent() && !user.id().equals(userId)).toList();
        var favorites = store.extensionFavorites(tx, userId);
        var avatars = references.files(tx, others.stream().map(ContactSync::avatar).filter(id -> !id.isEmpty()).toList());
        return others.stream().map(user -> {
            var contact = extension(user).put("favorite", favorites.contains(user.id()));
            var avatar = avatars.get(avatar(user));
            return avatar == null ? contact : contact.put("avatar_file_url", avatar.url());
        }).toList();
    }

    private static String avatar(User user) {
        return user.settings().path(AVATAR).asText("");
    }

    private static ObjectNode extension(User user) {
        var contact = Json.object().put("id", user.id()).put("display_name", user.displayName()).put("email", user.email())
                .put("extension_number", user.extensionNumber().orElse(null));
        List.of("mobile_phone", "work_phone", "home_phone", "address", "department").forEach(field -> contact.set(field, user.settings().get(field)));
        return contact;
    }
}
