package gatehouse.transports;

import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.ListQuery;
import gatehouse.listing.Listing;
import gatehouse.listing.Page;
import gatehouse.store.Store;
import java.util.List;
import java.util.stream.Collectors;

/** Lists ports as every list is listed; they stand in no table, because they are chosen at each start. */
final class TransportStore {
    private final Store store;
    private final Listing listing;

    /** @param transports at least one */
    TransportStore(Store store, List<Transport> transports) {
        this.store = store;
        // Nothing of this is anybody's text: our own words and the numbers of ports.
        var rows = transports.stream().map(one -> "SELECT '%s' AS id, '%s' AS protocol, %d AS port, 'DISABLE' AS verification"
                .formatted(one.id(), one.protocol(), one.port())).collect(Collectors.joining(" UNION ALL ", "(", ")"));
        listing = Listing.of(rows, "port, id", Field.text("id", "id"), Field.text("protocol", "protocol").asSearched(), Field.number("port", "port"),
                new Field("verification", "verification", Kind.TEXT, false, 0, "verification"));
    }

    Listing listing() {
        return listing;
    }

    Page<String> ids(ListQuery query) {
        return store.read(tx -> listing.page(tx, query, "id", row -> row.getString("id"), ""));
    }
}
