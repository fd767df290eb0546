package gatehouse.contacts;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;

/** The address books of who asks over HTTP: their own, and the company's and the box's with their favourites. */
public final class OwnContactRoutes implements Routes {
    private static final Listing LISTING = ContactRoutes.listing(ContactStore.PERSONAL,
            Field.bool("favorite", "coalesce(" + Field.json("favorite", Kind.BOOLEAN).sql() + ", 0)"));

    private final Contacts contacts;
    private final ContactSync sync;

    public OwnContactRoutes(Contacts contacts, ContactSync sync) {
        this.contacts = contacts;
        this.sync = sync;
    }

    private static String me(ApiRequest request) {
        return request.caller().userId();
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(contacts.personal(), LISTING).ownedBy(OwnContactRoutes::me).shown(contact -> Contacts.withFavorite(contact.json()))
                .all(operations, "createPersonalContact", "listPersonalContacts", "retrievePersonalContact", "updatePersonalContact",
                        "deletePersonalContact");
        favorites(operations, "favoritePersonalContact", "unfavoritePersonalContact",
                (request, favorite) -> contacts.setPersonalFavorite(Actor.of(request), me(request), request.path("id"), favorite));
        favorites(operations, "favoriteBusinessContact", "unfavoriteBusinessContact",
                (request, favorite) -> contacts.setBusinessFavorite(me(request), request.path("id"), favorite));
        favorites(operations, "favoriteExtensionContact", "unfavoriteExtensionContact",
                (request, favorite) -> contacts.setExtensionFavorite(me(request), request.path("id"), favorite));
        sync(operations, "createPersonalContactSyncToken", "listPersonalContactChanges", ContactSync.Book.PERSONAL);
        sync(operations, "createBusinessContactSyncToken", "listBusinessContactChanges", ContactSync.Book.BUSINESS);
        sync(operations, "createExtensionContactSyncToken", "listExtensionContactChanges", ContactSync.Book.EXTENSION);
    }

    private interface Favorite {
        void set(ApiRequest request, boolean favorite);
    }

    private static void favorites(Operations operations, String on, String off, Favorite favorite) {
        operations.bind(on, request -> {
            favorite.set(request, true);
            return Answer.done();
        });
        operations.bind(off, request -> {
            favorite.set(request, false);
            return Answer.done();
        });
    }

    private void sync(Operations operations, String create, String diff, ContactSync.Book book) {
        operations.bind(create, request -> Answer.ok(sync.token(me(request), book)));
        operations.bind(diff, request -> Answer.ok(sync.diff(me(request), book, request.path("token"))));
    }
}
