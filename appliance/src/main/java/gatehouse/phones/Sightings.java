package gatehouse.phones;

import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Where each phone is: where it is registered, else where it last came for its files. Thread-safe. */
public final class Sightings {
    private final Phones phones;
    private final Users users;
    private final Fetches fetches;
    private final Function<String, List<Seen>> registered;

    /** @param registered where an extension is registered now, by its number */
    public Sightings(Phones phones, Users users, Fetches fetches, Function<String, List<Seen>> registered) {
        this.phones = phones;
        this.users = users;
        this.fetches = fetches;
        this.registered = registered;
    }

    public Optional<Seen> latest(Phone phone) {
        return registered(phone).or(() -> fetches.latest(phone).map(fetch -> new Seen(fetch.address(), fetch.userAgent())));
    }

    /** Where it is registered now. */
    public Optional<Seen> registered(Phone phone) {
        return users.byId(phone.userId()).flatMap(User::extensionNumber).flatMap(number -> registration(phone, registered.apply(number)));
    }

    private Optional<Seen> registration(Phone phone, List<Seen> all) {
        return which(phone, all, Seen::userAgent, phones.of(phone.userId()).size() == 1);
    }

    /** Phones that come from a template name their MAC in the SIP User-Agent; one that does not is taken for the user's only phone. */
    static <T> Optional<T> which(Phone phone, List<T> all, Function<T, String> userAgent, boolean isOnly) {
        return all.stream().filter(one -> userAgent.apply(one).replaceAll("[:\\-]", "").toLowerCase(Locale.ROOT).contains(phone.mac())).findFirst()
                .or(() -> all.size() == 1 && isOnly ? Optional.of(all.getFirst()) : Optional.empty());
    }
}
