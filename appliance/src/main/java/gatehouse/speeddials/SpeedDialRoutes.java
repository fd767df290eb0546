package gatehouse.speeddials;

import gatehouse.api.ApiRequest;
import gatehouse.api.Routes;
import gatehouse.core.Problem;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;
import gatehouse.resources.Resources;
import gatehouse.users.Users;

/** Speed dials over HTTP, one's own and those of others (contract area user). */
public final class SpeedDialRoutes implements Routes {
    private final SpeedDials dials;
    private final Users users;

    public SpeedDialRoutes(SpeedDials dials, Users users) {
        this.dials = dials;
        this.users = users;
    }

    @Override
    public void addTo(Operations operations) {
        own(dials.eight(), SpeedDials.TABLE_8).all(operations, "addSpeedDial8", "listSpeedDial8", "retrieveSpeedDial8", "updateSpeedDial8", "deleteSpeedDial8");
        own(dials.hundred(), SpeedDials.TABLE_100).all(operations, "addSpeedDial100", "listSpeedDial100", "retrieveSpeedDial100", "updateSpeedDial100",
                "deleteSpeedDial100");
        others(dials.eight(), SpeedDials.TABLE_8).all(operations, "usersCreateSpeedDial8", "usersListSpeedDial8", "usersRetrieveSpeedDial8",
                "usersUpdateSpeedDial8", "usersDeleteSpeedDial8");
        others(dials.hundred(), SpeedDials.TABLE_100).all(operations, "usersAddSpeedDial100", "usersListSpeedDial100", "usersRetrieveSpeedDial100",
                "usersUpdateSpeedDial100", "usersDeleteSpeedDial100");
    }

    private static Listing byCode(String table) {
        return Listing.of(table, "json_extract(document, '$.code'), id", Field.text("id", "id"), Field.json("code", Kind.TEXT).asSearched(),
                Field.json("phone_number", Kind.TEXT).asSearched(), Field.json("description", Kind.TEXT).asSearched());
    }

    private static Crud own(Resources resources, String table) {
        return new Crud(resources, byCode(table)).ownedBy(request -> request.caller().userId());
    }

    private Crud others(Resources resources, String table) {
        return new Crud(resources, byCode(table)).ownedBy(this::user).id("dial_id");
    }

    private String user(ApiRequest request) {
        return users.byId(request.path("id")).orElseThrow(() -> Problem.notFound("user").raise()).id();
    }
}
