package gatehouse.emergency;

import gatehouse.api.Routes;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;

/** Emergency numbers over HTTP (contract area emergency-number). */
public final class EmergencyRoutes implements Routes {
    private static final Listing LISTING = Listing.of(EmergencyNumbers.TABLE, "json_extract(document, '$.number_prefix') COLLATE NOCASE, id",
            Field.text("id", "id"), Field.json("number_prefix", Kind.TEXT).asSearched(), Field.json("description", Kind.TEXT).asSearched());

    private final EmergencyNumbers numbers;

    public EmergencyRoutes(EmergencyNumbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(numbers.resources(), LISTING).all(operations, "addEmergencyNumber", "listEmergencyNumbers", "showEmergencyNumber",
                "updateEmergencyNumber",
                "deleteEmergencyNumber");
    }
}
