package gatehouse.microsoft365;

import gatehouse.api.Json;
import gatehouse.audit.Actor;
import gatehouse.blobs.Files;
import gatehouse.core.ProblemException;
import gatehouse.microsoft365.Registration.App;
import gatehouse.microsoft365.SyncStore.Photo;
import gatehouse.remote.RemoteFailure;
import gatehouse.users.UserChanges;
import gatehouse.users.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes the pictures of accounts the avatars of their users, and follows their changes by the tags that Graph gives them. An avatar that somebody chose
 * here stays. One thread at a time.
 */
final class PhotoMirror {
    private static final String AVATAR = "avatar_file_id";
    private static final Actor ACTOR = new Actor("microsoft365", "SYSTEM", "");

    private final SyncStore store;
    private final Microsoft365Store bindings;
    private final Graph graph;
    private final Users users;
    private final UserChanges changes;
    private final Files files;

    PhotoMirror(SyncStore store, Microsoft365Store bindings, Graph graph, Users users, UserChanges changes, Files files) {
        this.store = store;
        this.bindings = bindings;
        this.graph = graph;
        this.users = users;
        this.changes = changes;
        this.files = files;
    }

    /** Accounts whose pictures may be carried over, some at a time. @param after the last of those before; empty to begin */
    List<Photo> some(String after, Choice choice) {
        return store.read(tx -> {
            var bound = bindings.bindings(tx);
            return store.photos(tx, after, Graph.MOST_IN_A_BATCH).stream()
                    .map(photo -> choice.covers(photo.ms365Id()) && photo.userId().equals(bound.get(photo.ms365Id())) ? photo : photo.ofNobody()).toList();
        });
    }

    /** @return how many avatars changed; @throws RemoteFailure when Graph cannot be reached */
    int carry(App app, List<Photo> some) throws RemoteFailure {
        var wanted = some.stream().filter(photo -> !photo.userId().isEmpty()).toList();
        var tags = wanted.isEmpty() ? Map.<String, String>of() : graph.photoTags(app, wanted.stream().map(Photo::ms365Id).toList());
        var changed = 0;
        for (var photo : wanted) {
            var tag = tags.get(photo.ms365Id());
            if (tag != null && !tag.equals(photo.tag())) {
                changed += tag.isEmpty() ? take(photo) : give(app, photo, tag);
            }
        }
        return changed;
    }

    private boolean choseOne(Photo photo) {
        var here = users.byId(photo.userId()).map(user -> user.settings().path(AVATAR).asText("")).orElse("");
        return !here.isEmpty() && !here.equals(photo.avatar());
    }

    private int give(App app, Photo photo, String tag) throws RemoteFailure {
        var picture = choseOne(photo) ? Optional.<byte[]>empty() : graph.photo(app, photo.ms365Id());
        if (picture.isEmpty()) {
            return note(photo.with(tag, photo.avatar()));
        }
        var draft = files.draft();
        try {
            java.nio.file.Files.write(draft, picture.get());
            users.exclusively(() -> files.keepUpload(draft, "photo", (tx, file) -> {
                changes.set(tx, ACTOR, photo.userId(), Json.object().put(AVATAR, file.id()));
                store.save(tx, photo.with(tag, file.id()));
                return file;
            }));
            return 1;
        } catch (ProblemException e) { // it is no picture, or the user is gone
            return note(photo.with(tag, photo.avatar()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The account has none any more. */
    private int take(Photo photo) {
        if (photo.avatar().isEmpty() || choseOne(photo)) {
            return note(photo.with("", ""));
        }
        users.write(tx -> {
            if (users.byId(photo.userId()).isPresent()) {
                changes.set(tx, ACTOR, photo.userId(), Json.object().putNull(AVATAR));
            }
            store.save(tx, photo.with("", ""));
            return null;
        });
        return 1;
    }

    private int note(Photo photo) {
        store.write(tx -> {
            store.save(tx, photo);
            return null;
        });
        return 0;
    }
}
