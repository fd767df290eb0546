package gatehouse.phones;

import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.List;
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
        return registered(phone).or(() -> fetches.latest(phone).map(Seen::of));
    }

    /** Where it is registered now. */
    public Optional<Seen> registered(Phone phone) {
        return users.byId(phone.userId()).flatMap(User::extensionNumber).flatMap(number -> which(phone, registered.apply(number), Function.identity()));
    }

    /**
     * Which of an extension's registrations is this phone's: the one that names its MAC – in a header of its own, the User-Agent or the instance id.
     * Of those that name no phone of the user, it is the one at the address from which this phone, and no other that is not found yet, fetched its
     * files; and if the user has no other phone, the only one there is.
     */
    <T> Optional<T> which(Phone phone, List<T> all, Function<T, Seen> seen) {
        var named = all.stream().filter(one -> seen.apply(one).names(phone.mac())).findFirst();
        if (named.isPresent()) {
            return named;
        }
        var others = phones.of(phone.userId()).stream().filter(other -> !other.id().equals(phone.id())).toList();
        var nobodys = all.stream().filter(one -> others.stream().noneMatch(other -> seen.apply(one).names(other.mac()))).toList();
        if (others.isEmpty()) {
            return nobodys.size() == 1 ? Optional.of(nobodys.getFirst()) : Optional.empty();
        }
        var address = fetches.latest(phone).map(Fetch::address).filter(mine -> others.stream()
                .filter(other -> all.stream().noneMatch(one -> seen.apply(one).names(other.mac())))
                .noneMatch(other -> fetches.latest(other).map(Fetch::address).filter(mine::equals).isPresent()));
        var there = nobodys.stream().filter(one -> address.filter(seen.apply(one).ip()::equals).isPresent()).toList();
        return there.size() == 1 ? Optional.of(there.getFirst()) : Optional.empty();
    }
}
