package gatehouse.holidays;

import gatehouse.api.Answer;
import gatehouse.api.ApiRequest;
import gatehouse.api.Json;
import gatehouse.api.Routes;
import gatehouse.audit.Actor;
import gatehouse.core.Problem;
import gatehouse.listing.Field;
import gatehouse.listing.Kind;
import gatehouse.listing.Listing;
import gatehouse.resources.Crud;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.function.Function;
import java.util.stream.Stream;

/** Holidays over HTTP: the company's, one's own, and any user's. */
public final class HolidayRoutes implements Routes {
    private final Holidays holidays;
    private final Users users;

    public HolidayRoutes(Holidays holidays, Users users) {
        this.holidays = holidays;
        this.users = users;
    }

    private static Listing listing(String table) {
        var numbers = Stream.of("year", "month", "day", "hour", "minute").flatMap(unit -> Stream.of(unit + "_start", unit + "_end"))
                .map(name -> Field.json(name, Kind.NUMBER));
        return Listing.of(table, "json_extract(document, '$.name') COLLATE NOCASE, id", Stream.concat(Stream.of(Field.text("id", "id"),
                Field.json("name", Kind.TEXT).asSearched(), Field.json("region", Kind.TEXT).asSearched(), Field.json("consecutive", Kind.BOOLEAN),
                Field.json("every_year", Kind.BOOLEAN)), numbers).toArray(Field[]::new));
    }

    @Override
    public void addTo(Operations operations) {
        new Crud(holidays.company(), listing(HolidayStore.COMPANY)).all(operations, "createHoliday", "listHolidays", "showHoliday", "updateHoliday",
                "deleteHoliday");
        new Crud(holidays.own(), listing(HolidayStore.OF_USERS)).ownedBy(request -> me(request).id()).all(operations, "createCurrentUserHoliday",
                "listCurrentUserHolidays", "retrieveCurrentUserHoliday", "updateCurrentUserHoliday", "deleteCurrentUserHoliday");
        new Crud(holidays.own(), listing(HolidayStore.OF_USERS)).ownedBy(request -> named(request).id()).id("holiday_id").all(operations,
                "createUserHoliday", "listUserHolidays", "retrieveUserHoliday", "updateUserHoliday", "deleteUserHoliday");
        kept(operations, "listCurrentUserGlobalHolidays", "updateCurrentUserGlobalHoliday", this::me);
        kept(operations, "listUserGlobalHolidays", "updateUserGlobalHoliday", this::named);
    }

    private User me(ApiRequest request) {
        return user(request.caller().userId());
    }

    private User named(ApiRequest request) {
        return user(request.path("id"));
    }

    private User user(String id) {
        return users.byId(id).orElseThrow(() -> Problem.notFound("user").raise());
    }

    private void kept(Operations operations, String list, String update, Function<ApiRequest, User> whose) {
        operations.bind(list, request -> Answer.ok(Json.items(holidays.kept(whose.apply(request)))));
        operations.bind(update, request -> {
            var user = whose.apply(request);
            if (request.body().has("items")) {
                holidays.keep(Actor.of(request), user, request.body().get("items"));
            }
            return Answer.created(user.id());
        });
    }
}
