package gatehouse.phonebooks;

import gatehouse.contacts.Listed;
import gatehouse.contacts.Listed.Place;
import gatehouse.phonebooks.Format.Loaded;
import java.util.List;
import java.util.stream.IntStream;

/** Formats of phones that load a directory whole. */
final class Loading {
    private static final String XML = "text/xml; charset=utf-8";
    private static final int MOST = 1_000; // what the smallest of these phones keep

    private Loading() {
    }

    /** Grandstream's address book. */
    static Loaded grandstream() {
        return new Loaded(XML, MOST, (page, _) -> {
            var xml = new Xml().open("AddressBook");
            for (var entry : page.reachable()) {
                xml.open("Contact").put("FirstName", first(entry)).put("LastName", last(entry));
                for (var number : entry.numbers()) {
                    xml.open("Phone", "type", switch (number.place()) {
                        case WORK -> "Work";
                        case MOBILE -> "Cell";
                        case HOME, OTHER -> "Home";
                    }).put("phonenumber", number.text()).put("accountindex", "1").close("Phone");
                }
                xml.open("Groups").put("groupid", "2").close("Groups").close("Contact"); // 2: work
            }
            return xml.close("AddressBook").toString();
        });
    }

    /** Fanvil's network phone book: a name has one number of each kind. */
    static Loaded fanvil() {
        return new Loaded(XML, MOST, (page, _) -> {
            var xml = new Xml().open("PhoneBook");
            for (var entry : page.reachable()) {
                xml.open("DirectoryEntry").put("Name", entry.name()).put("Telephone", number(entry, Place.WORK, Place.HOME)).put("Mobile", number(entry, Place.MOBILE))
                        .put("Other", number(entry, Place.OTHER)).put("Ring", "Default").put("Group", "").close("DirectoryEntry");
            }
            return xml.close("PhoneBook").toString();
        });
    }

    /** Htek's remote phone book; what is typed on the phone comes at the end of the address. */
    static Loaded htek() {
        return new Loaded(XML, MOST, (page, _) -> {
            var xml = new Xml().open("PhoneDirectory");
            for (var entry : page.reachable()) {
                xml.open("DirectoryEntry").put("Name", entry.name());
                entry.numbers().stream().limit(3).forEach(number -> xml.put("Telephone", number.text()));
                xml.close("DirectoryEntry");
            }
            return xml.close("PhoneDirectory").toString();
        });
    }

    /** Poly's seed directory: an entry has one number. */
    static Loaded polySeed() {
        return new Loaded(XML, MOST, (page, _) -> {
            var xml = new Xml("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n").open("directory").open("item_list");
            for (var entry : page.reachable()) {
                entry.numbers().stream().limit(1).forEach(number -> xml.open("item").put("ln", last(entry)).put("fn", first(entry)).put("ct", number.text())
                        .close("item"));
            }
            return xml.close("item_list").close("directory").toString();
        });
    }

    /** The directory inside a Snom: what it had before goes. */
    static Loaded snom() {
        return new Loaded(XML, MOST, (page, _) -> {
            var xml = new Xml().open("settings").open("tbook", "e", "2", "complete", "true");
            int index = 0;
            for (var entry : page.reachable()) {
                for (var number : entry.numbers()) {
                    xml.open("item", "context", "active", "type", "none", "index", Integer.toString(index++)).put("first_name", first(entry))
                            .put("last_name", last(entry)).put("number", number.text()).put("number_type", switch (number.place()) {
                                case WORK -> "business";
                                case MOBILE -> "mobile";
                                case HOME -> "home";
                                case OTHER -> "sip";
                            }).close("item");
                }
            }
            return xml.close("tbook").close("settings").toString();
        });
    }

    /** Gigaset's network directory: the phone asks for entries from one on, so that it pages by itself. */
    static Loaded gigaset() {
        return new Loaded(XML, 50, (page, _) -> {
            int last = page.first() + page.entries().size();
            var xml = new Xml().open("list", "response", "get_list", "type", "pr", "total", Integer.toString(page.total()),
                    "first", Integer.toString(page.entries().isEmpty() ? 0 : page.first() + 1), "last", Integer.toString(last));
            IntStream.range(0, page.entries().size()).forEach(i -> gigasetEntry(xml, page.first() + i + 1, page.entries().get(i)));
            return xml.close("list").toString();
        });
    }

    private static void gigasetEntry(Xml xml, int id, Listed entry) {
        xml.open("entry", "id", Integer.toString(id)).put("ln", last(entry)).put("fn", first(entry));
        for (var tag : List.of("of", "mb", "hm")) {
            var number = tag.equals("of") ? number(entry, Place.WORK) : tag.equals("mb") ? number(entry, Place.MOBILE) : number(entry, Place.HOME, Place.OTHER);
            if (!number.isEmpty()) {
                xml.put(tag, number);
            }
        }
        xml.close("entry");
    }

    /** The first number of these kinds, or nothing. */
    private static String number(Listed entry, Place... places) {
        return entry.numbers().stream().filter(number -> List.of(places).contains(number.place())).map(Listed.Number::text).findFirst().orElse("");
    }

    /** All words but the last: people are kept under one name, and these phones sort by the second. */
    private static String first(Listed entry) {
        var space = entry.name().lastIndexOf(' ');
        return space < 0 ? entry.name() : entry.name().substring(0, space);
    }

    private static String last(Listed entry) {
        var space = entry.name().lastIndexOf(' ');
        return space < 0 ? "" : entry.name().substring(space + 1);
    }
}
