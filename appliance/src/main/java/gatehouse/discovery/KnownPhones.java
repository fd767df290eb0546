package gatehouse.discovery;

import gatehouse.dect.DectPhones;
import gatehouse.hotdesking.HotDesk;
import gatehouse.hotdesking.HotDesks;
import gatehouse.phones.Phone;
import gatehouse.phones.Phones;
import gatehouse.phones.Seen;
import gatehouse.phones.Sightings;
import gatehouse.templates.RenderedFile;
import gatehouse.templates.Template;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Phones that are somebody's or a hot desk's, and DECT bases, by MAC. Thread-safe. */
public final class KnownPhones {
    private final Phones phones;
    private final HotDesks desks;
    private final DectPhones bases;
    private final Users users;
    private final Sightings sightings;
    private final Function<String, List<Seen>> registered;

    /** @param registered where an extension is registered now, by its number */
    public KnownPhones(Phones phones, HotDesks desks, DectPhones bases, Users users, Sightings sightings, Function<String, List<Seen>> registered) {
        this.phones = phones;
        this.desks = desks;
        this.bases = bases;
        this.users = users;
        this.sightings = sightings;
        this.registered = registered;
    }

    public Optional<Phone> byMac(String mac) {
        return phones.byMac(mac).or(() -> desks.byMac(mac).map(HotDesk::phone)).or(() -> bases.byMac(mac));
    }

    public List<Phone> all() {
        return Stream.of(phones.all().stream(), desks.all().stream().map(HotDesk::phone), bases.all().stream()).flatMap(all -> all).toList();
    }

    public Template template(Phone phone) {
        return phones.template(phone);
    }

    public Optional<Phone> inFolder(String folder) {
        return phones.inFolder(folder).or(() -> desks.inFolder(folder).map(HotDesk::phone)).or(() -> bases.inFolder(folder));
    }

    public boolean has(String mac) {
        return byMac(mac).isPresent();
    }

    /** What a phone gets that has shown nothing; empty when no maker's phones ask for that. @param url where it is to ask next */
    Optional<RenderedFile> starter(String file, String userAgent, String url, Map<String, String> account) {
        return phones.templates().starter(file, userAgent, url, account);
    }

    List<Phone> ofNumber(String number) {
        return users.byNumber(number).map(user -> Stream.concat(phones.of(user.id()).stream(), bases.of(user.id()).stream()).toList()).orElse(List.of());
    }

    /** In whose place it registers; empty when it cannot, because its user is disabled or has no extension. */
    Optional<String> number(Phone phone) {
        return desks.inFolder(phone.folder()).map(desk -> desk.userId().flatMap(users::byId).flatMap(User::extensionNumber).orElse(desk.number()))
                .or(() -> users.byId(phone.userId()).filter(User::enabled).flatMap(User::extensionNumber)).or(() -> bases.numbers(phone).stream().findFirst());
    }

    /** Whether a phone is registered from an address now. */
    public boolean isAt(Phone phone, String address) {
        return registered(phone).filter(seen -> seen.ip().equals(address)).isPresent();
    }

    Optional<Seen> registered(Phone phone) {
        var numbers = Stream.concat(bases.numbers(phone).stream(), desks.inFolder(phone.folder()).flatMap(_ -> number(phone)).stream());
        return sightings.registered(phone).or(() -> numbers.flatMap(number -> registered.apply(number).stream())
                .filter(one -> one.names(phone.mac())).findFirst());
    }
}
