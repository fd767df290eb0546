package gatehouse.contacts;

import gatehouse.api.Routes;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;
import java.util.Arrays;
import java.util.stream.Stream;

/** The company's contacts over HTTP (contract area contact). */
public final class ContactRoutes implements Routes {
    private static final String[] FIELDS = {"name", "email", "company", "title", "business", "business2", "mobile_phone", "mobile_phone2", "home_phone",
        "home_phone2", "other", "business_fax", "home_fax", "address", "notes"};
    private static final Listing LISTING = listing(ContactStore.COMPANY);

    private final Contacts contacts;

    public ContactRoutes(Contacts contacts) {
        this.contacts = contacts;
    }

    /** By name; all that a person would look for can be searched. */
    static Listing listing(String table, Field... more) {
        var fields = Stream.concat(Arrays.stream(FIELDS).map(name -> Field.json(name, Kind.TEXT).asSearched()), Arrays.stream(more));
        return Listing.of(table, "json_extract(document, '$.name') COLLATE NOCASE, id", Stream.concat(Stream.of(Field.text("id", "id")), fields)
                .toArray(Field[]::new));
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(contacts.company(), LISTING).all(operations, "createContact", "listContacts", "showContact", "updateContact", "deleteContact")
                .export(operations, "exportContacts", "contacts.csv", FIELDS);
    }
}
