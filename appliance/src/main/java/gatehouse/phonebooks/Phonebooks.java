package gatehouse.phonebooks;

import gatehouse.contacts.Contacts;
import gatehouse.phonebooks.Format.Browsed;
import gatehouse.phonebooks.Format.Loaded;
import gatehouse.provisioning.Provisioning;
import gatehouse.provisioning.Provisioning.Outcome;
import gatehouse.provisioning.Provisioning.Request;
import gatehouse.provisioning.ProvisioningRoutes.Directories;
import gatehouse.templates.RenderedFile;
import gatehouse.users.User;
import gatehouse.users.Users;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Answers phones that look up a number, below their own folder. Thread-safe. */
public final class Phonebooks implements Directories {
    private static final String INPUT = "input";
    private static final int MOST_OF_A_GIGASET = 50;

    private static final Map<String, Format> FORMATS = Map.ofEntries(Map.entry("yealink.xml", Browsing.yealink()), Map.entry("snom.xml", Browsing.snom()),
            Map.entry("cisco.xml", Browsing.cisco()), Map.entry("mitel.xml", Browsing.mitel()), Map.entry("poly.html", Browsing.poly()),
            Map.entry("phonebook.xml", Loading.grandstream()), Map.entry("fanvil.xml", Loading.fanvil()), Map.entry("htek.xml", Loading.htek()),
            Map.entry("gigaset.xml", Loading.gigaset()), Map.entry("tbook.xml", Loading.snom()), Map.entry(SEED, Loading.polySeed()));

    private final Provisioning provisioning;
    private final Directory directory;
    private final Provisioning.Ports ports;

    /** @param ports those that phones are told of */
    public Phonebooks(Provisioning provisioning, Contacts contacts, Users users, Provisioning.Ports ports) {
        this.provisioning = provisioning;
        this.directory = new Directory(contacts, users);
        this.ports = ports;
    }

    @Override
    public Outcome fetch(Request request, UnaryOperator<String> query) {
        return provisioning.answer(request, owner -> Optional.ofNullable(FORMATS.get(request.file())).map(format ->
                new RenderedFile(request.file(), format.contentType(), text(format, owner, query, links(request)))));
    }

    private String text(Format format, Optional<User> owner, UnaryOperator<String> query, Links links) {
        var look = Look.of(query);
        return switch (format) {
            case Browsed browsed when query.apply(INPUT).equals("1") && browsed.input().isPresent() -> browsed.input().get().write(links);
            case Browsed browsed when look.isMenu() -> browsed.menu().write(links);
            case Browsed browsed -> browsed.pages().write(directory.page(owner, look, browsed.top()), links);
            case Loaded loaded when !query.apply("first").isEmpty() -> loaded.pages().write(gigaset(owner, query), links);
            case Loaded loaded -> loaded.pages().write(directory.page(owner, new Look(look.isMenu() ? Book.ALL : look.book(), look.search(), 1), loaded.top()), links);
        };
    }

    /** A Gigaset says from which entry on, and how many; it searches by the beginning of a name, or for a number that calls. */
    private Page gigaset(Optional<User> owner, UnaryOperator<String> query) {
        int first = number(query.apply("first"), 1, 1_000_000);
        int count = number(query.apply("count"), 16, MOST_OF_A_GIGASET);
        var search = Stream.of("set_first", "ln", "fn", "hm", "search").map(query).map(text -> text.replace("*", ""))
                .filter(text -> !text.isBlank()).findFirst().orElse("");
        return directory.from(owner, new Look(Book.ALL, search, 1), first - 1, count);
    }

    private static int number(String text, int otherwise, int most) {
        return text.matches("\\d{1,7}") ? Math.clamp(Integer.parseInt(text), 1, most) : otherwise;
    }

    private Links links(Request request) {
        return new Links(request.scheme() + "://" + request.host() + ":" + (request.scheme().equals("https") ? ports.https() : ports.http())
                + "/provision/" + request.folder() + "/phonebook/" + request.file());
    }
}
